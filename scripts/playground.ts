import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Metafile, transform } from "esbuild";
import { browserBundle } from "./browser-bundle.ts";
import { bundledPackages, noticesOf } from "./notices.ts";
import { playgroundData } from "./playground-data.ts";

const ROOT = join(import.meta.dirname, "..");
const PLAYGROUND = join(ROOT, "playground");

/** The dark colours, which the style sheet needs twice. */
const DARK = `color-scheme: dark;
  --ground: #0d1217; --surface: #151c23; --code: #10161c; --text: #e5ebf1; --quiet: #9aa8b6; --line: #2a343f;
  --accent: #66c9dc; --accent-soft: #10313a; --shadow: 0 1px 2px rgb(0 0 0 / 40%);
  --error: #ff9c93; --error-soft: #3b1a1b; --warning: #f0c06a; --warning-soft: #35280f;
  --note: #90c2ff; --note-soft: #15294a; --good: #7fdca0; --good-soft: #10301d;
  --picked: #cdb4ff; --picked-soft: #2a1f45; --plain-soft: #222c36;`;

/**
 * Builds the playground: one file without anything that it would have to load, so that it works at any address and as a file, and
 * beside it the licences of what is in it.
 * @returns what is in its script
 */
export async function buildPlayground(folder: string): Promise<Metafile> {
  const { code, metafile } = await browserBundle("playground/main.ts");
  const style = await transform(readFileSync(join(PLAYGROUND, "style.css"), "utf8").replaceAll("@DARK@", DARK), {
    loader: "css",
    minify: true,
  });
  const css = style.code.trim();
  const page = fill(readFileSync(join(PLAYGROUND, "index.html"), "utf8").replace(/\n\s*/g, "\n"), {
    POLICY: contentSecurityPolicy(code, css),
    STYLE: `<style>${css}</style>`,
    DATA: `<script type="application/json" id="data">${JSON.stringify(playgroundData()).replaceAll("<", "\\u003c")}</script>`,
    SCRIPT: `<script>${code}</script>`,
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.html"), page);
  const packages = bundledPackages(metafile).map((path) => join(ROOT, path));
  writeFileSync(join(folder, "THIRD-PARTY-NOTICES.txt"), noticesOf(packages));
  return metafile;
}

/**
 * Only this script and this style sheet, and no connection to anywhere. The editors' sheets are constructed ones, which need no
 * exception; but browsers give what is typed into coloured text a `style` attribute, and complain if they may not.
 */
function contentSecurityPolicy(code: string, css: string): string {
  return [
    "default-src 'none'",
    `script-src '${hash(code)}'`,
    `style-src '${hash(css)}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function fill(template: string, parts: Readonly<Record<string, string>>): string {
  return template.replace(
    /<!-- @([A-Z]+)@ -->|@([A-Z]+)@/g,
    (whole, element?: string, text?: string) => parts[element ?? text ?? ""] ?? whole,
  );
}
