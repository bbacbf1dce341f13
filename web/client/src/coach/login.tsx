// A broker with passwords: the coach's own name and password there, kept for as long as the page is open.
import { useState } from "preact/hooks";
import { Mark } from "../mark";
import type { Login } from "./direct";
import { words } from "./words";

interface BrokerLoginProps {
  refused: boolean;
  enter: (login: Login) => void;
  relay: () => void;
}

export function BrokerLogin({ refused, enter, relay }: BrokerLoginProps) {
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  return (
    <main class="broker-login">
      <Mark name={words.name} />
      <h1>{words.login.title}</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter({ user, password });
        }}
      >
        <label>
          {words.login.user}
          <input
            autocomplete="username"
            value={user}
            onInput={(event) => setUser(event.currentTarget.value)}
          />
        </label>
        <label>
          {words.login.password}
          <input
            type="password"
            autocomplete="current-password"
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        {refused && <p role="alert">{words.login.refused}</p>}
        <button type="submit" class="first">
          {words.login.enter}
        </button>
        <button type="button" onClick={relay}>
          {words.login.relay}
        </button>
      </form>
    </main>
  );
}
