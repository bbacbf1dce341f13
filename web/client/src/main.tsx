import { render } from "preact";
import { Live } from "./live/live";
import { Run } from "./runs/run";
import { Runs } from "./runs/runs";
import "./style/tokens.css";
import "./style/live.css";
import "./style/ready.css";
import "./style/sheets.css";
import "./style/runs.css";

const [, room, session] = location.pathname.split("/");

function Page() {
  if (room !== "runs") return <Live />;
  return session ? <Run session={decodeURIComponent(session)} /> : <Runs />;
}

const root = document.getElementById("app");
if (root) render(<Page />, root);
