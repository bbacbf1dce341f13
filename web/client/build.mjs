// Bundles the client, a script and a style sheet for each page: node build.mjs OUTPUT_FOLDER
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const out = process.argv[2] ?? join(here, "../softshoe_web/static");
const bundled = { preact: "LICENSE", uplot: "LICENSE", mqtt: "LICENSE.md" };

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  entryPoints: { app: join(here, "src/main.tsx"), coach: join(here, "src/coach/main.tsx") },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  target: ["chrome109", "edge109", "firefox102", "safari15.4"],
  legalComments: "none",
  logLevel: "warning",
});
cpSync(join(here, "src/icon.svg"), join(out, "icon.svg"));
const licences = Object.entries(bundled).map(([name, file]) => {
  const text = readFileSync(join(here, "node_modules", name, file), "utf8");
  return `${name}\n\n${text}`;
});
writeFileSync(join(out, "licences.txt"), licences.join("\n\n"));
