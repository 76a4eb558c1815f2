import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import ts from "typescript";

const ROOT = join(import.meta.dirname, "..");

/** Packages whose members may have other names: none of them looks members up by a text that it has made or been given. */
const PACKAGES = /node_modules\/(?:antlr4ng|@codemirror\/[^/]+|style-mod|crelt)\//;

const WORD = /[A-Za-z_$][\w$]*/g;
/** Shorter names gain nothing. */
const SHORTEST = 4;

/**
 * A pattern of the members that only such packages name: minifiers keep the names of members, which are a tenth of what a page
 * loads. Not among them are the names that any other module has, any text, or the language or the browser.
 */
export function membersToShorten({ outputs }: Metafile): RegExp {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const taken = new Set<string>();
  // A name that is only in a literal may be that of an attribute.
  const members = new Set<string>();
  for (const file of files) {
    const source = readFileSync(join(ROOT, file), "utf8");
    if (PACKAGES.test(file)) readMembers(source, members, taken);
    else addWords(source, taken);
  }
  for (const file of declarations()) addWords(readFileSync(file, "utf8"), taken);
  const names = [...members].filter((name) => name.length >= SHORTEST && !taken.has(name));
  return new RegExp(`^(?:${names.map((name) => name.replaceAll("$", "\\$")).join("|")})$`);
}

/** The declarations of the language and of browsers, which TypeScript brings along. */
function declarations(): string[] {
  const folder = join(ROOT, "node_modules/typescript/lib");
  return readdirSync(folder)
    .filter((name) => /^lib\..*\.d\.ts$/.test(name))
    .map((name) => join(folder, name));
}

function readMembers(source: string, members: Set<string>, texts: Set<string>): void {
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      addWords(node.text, texts);
    else if (isMember(node) && ts.isIdentifier(node.name)) members.add(node.name.text);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile("module.js", source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS));
}

function isMember(
  node: ts.Node,
): node is ts.PropertyAccessExpression | ts.MethodDeclaration | ts.PropertyDeclaration | ts.AccessorDeclaration {
  return (
    ts.isPropertyAccessExpression(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isAccessor(node)
  );
}

function addWords(source: string, words: Set<string>): void {
  for (const [word] of source.matchAll(WORD)) words.add(word);
}
