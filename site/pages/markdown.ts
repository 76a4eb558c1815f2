import { slugOf } from "./slug.ts";

/** Where a link leads, and where in the text that is written. */
export interface Link {
  readonly target: string;
  readonly start: number;
  readonly end: number;
}

/** Code blocks, code spans and comments: what looks like a link in them is none. */
const CODE = /^( *)(`{3,}|~{3,})[^\n]*\n[^]*?^\1\2[`~]*$|(?<!`)(`+)(?!`)(?:(?!\n\n)[^])*?(?<!`)\3(?!`)|<!--[^]*?-->/gm;

/** `](TARGET)` of links and images, `[NAME]: TARGET` of definitions, and attributes of HTML. */
const TARGETS = /\]\(\s*<?([^()\s<>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]\n]+\]:\s+(\S+)|\b(?:href|src)="([^"]*)"/dgm;

/** The links of a Markdown text, in their order. */
export function linksOf(text: string): Link[] {
  return [...withoutCode(text).matchAll(TARGETS)].flatMap((match) => {
    const [start, end] = match.indices?.slice(1).find((range) => range !== undefined) ?? [0, 0];
    return start === end ? [] : [{ target: text.slice(start, end), start, end }];
  });
}

/** The text with other targets for its links. @param change returns the new target, or undefined to keep it */
export function withTargets(text: string, change: (target: string) => string | undefined): string {
  let done = 0;
  const parts: string[] = [];
  for (const { target, start, end } of linksOf(text)) {
    parts.push(text.slice(done, start), change(target) ?? target);
    done = end;
  }
  return parts.join("") + text.slice(done);
}

/** What a link into the text can name after its `#`: headings, as GitHub numbers equal ones, and ids in HTML. */
export function anchorsOf(text: string): Set<string> {
  const plain = withoutCode(text);
  const anchors = new Set([...plain.matchAll(/\bid="([^"]+)"/g)].map(([, id = ""]) => id));
  const headings = new Map<string, number>();
  for (const heading of headingsOf(text)) {
    const slug = slugOf(heading);
    const before = headings.get(slug) ?? 0;
    headings.set(slug, before + 1);
    anchors.add(before === 0 ? slug : `${slug}-${before}`);
  }
  return anchors;
}

/** The title of a page: its first heading. */
export function titleOf(text: string): string | undefined {
  return headingsOf(text)[0];
}

/** The headings without their markup. */
function headingsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#{1,6} +(.+)$/gm)].map(({ index, 0: line }) =>
    text
      .slice(index, index + line.length)
      .replace(/^#+ +/, "")
      .replace(/ +#+$/, "")
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replaceAll(/[`*]/g, ""),
  );
}

/** The text with blanks for what is code, so that every offset stays. */
function withoutCode(text: string): string {
  return text.replaceAll(CODE, (code) => code.replaceAll(/[^\n]/g, " "));
}
