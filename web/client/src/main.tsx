import { render } from "preact";
import { Live } from "./live/live";
import { Compare } from "./mine/compare";
import { Mine } from "./mine/mine";
import { Run } from "./runs/run";
import "./style/tokens.css";
import "./style/live.css";
import "./style/ready.css";
import "./style/sheets.css";
import "./style/people.css";
import "./style/runs.css";
import "./style/mine.css";
import "./style/done.css";

const [, room, session] = location.pathname.split("/");
const other = new URLSearchParams(location.search).get("with");

function Page() {
  if (room !== "runs") return <Live />;
  if (!session) return <Mine />;
  const first = decodeURIComponent(session);
  return other ? <Compare first={first} second={other} /> : <Run session={first} />;
}

const root = document.getElementById("app");
if (root) render(<Page />, root);
