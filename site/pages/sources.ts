import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, "..", "..");

/** Files of the repository that are pages under another name; all in `docs` keep theirs. */
const NAMED: Readonly<Record<string, string>> = {
  "README.md": "start",
  "charts/fairlead/README.md": "docs/chart",
  "CHANGELOG.md": "changelog",
  "CONTRIBUTING.md": "contributing",
  "SECURITY.md": "security",
};

/** A Markdown file of the repository that is a page of the site. */
export interface Source {
  /** Its path in the repository. */
  readonly file: string;
  /** The path of its page, without the site's base and without an ending: `docs/ci`. */
  readonly page: string;
  readonly text: string;
}

/** The pages that come from the repository's own files. */
export function repositorySources(): Source[] {
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => ({ file: `docs/${name}`, page: `docs/${name.slice(0, -".md".length)}` }));
  return [...Object.entries(NAMED).map(([file, page]) => ({ file, page })), ...docs].map((source) => ({
    ...source,
    text: readFileSync(join(ROOT, source.file), "utf8"),
  }));
}
