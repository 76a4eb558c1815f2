import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import ts from "typescript";
import { withDefiningFiles } from "./import-defining-files.ts";

const ROOT = join(import.meta.dirname, "..");

/** Modules that have a shorter one in their place, by the end of their paths; each says the same of what a page asks. */
const STAND_INS: Readonly<Record<string, string>> = {
  "src/editor/words/settings-words.ts": "playground/editors/no-settings-words.ts",
  "src/policy/schema/compile-schema.ts": "playground/schema/compile-schema.ts",
  "src/service/schema/structure.ts": "playground/schema/structure.ts",
};

/** Packages that have a module of ours in their place. */
const PACKAGES: Readonly<Record<string, string>> = {
  "@codemirror/language": "playground/editors/no-language.ts",
  "@lezer/common": "playground/editors/no-language.ts",
};

/**
 * Parts of a rule that no page asks for, of its definition and of what the definition makes: its examples, and how it would be
 * said in CEL.
 */
const UNUSED_PARTS: ReadonlySet<string> = new Set(["cel", "examples", "inCel"]);

/**
 * Classes of packages for what is not done here: interpreting grammars, matching trees against patterns, profiling, sets of
 * patterns. Methods of others name them, so that no bundler can tell.
 */
const UNUSED_CLASSES: readonly {
  readonly file: RegExp;
  readonly names: RegExp;
  readonly change?: (source: string) => string;
}[] = [
  {
    file: /[\\/]antlr4ng[\\/]dist[\\/]index\.mjs$/,
    names:
      /^(?:XPath\w*|ParseTreePattern\w*|ParseTreeMatch|ParserInterpreter|LexerInterpreter|ProfilingATNSimulator|DecisionInfo|ParseInfo|(?:Lexer)?DFASerializer|TokenStreamRewriter|RuleTagToken|TokenTagToken|TextChunk|TagChunk|Chunk|ListTokenSource|Trees|DiagnosticErrorListener)$/,
  },
  {
    file: /[\\/]re2js[\\/]build[\\/]index\.js$/,
    names: /^(?:RE2Set|TranslateRegExpString)$/,
    change: withoutUnicodeTables,
  },
];

/** The parser that ANTLR has generated. */
const GRAMMAR = /[\\/]grammar[\\/]parser\.ts$/;

/** A replacement of a part of a text. */
interface Cut {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An esbuild plugin for what browsers load: nothing of it is larger than the engine needs. */
export const smallerModules: Plugin = {
  name: "smaller-modules",
  setup(build) {
    build.onResolve({ filter: /^@(?:codemirror\/language|lezer\/common)$/ }, ({ path }) => ({
      path: join(ROOT, PACKAGES[path] ?? path),
    }));
    for (const { file, names, change = same } of UNUSED_CLASSES)
      build.onLoad({ filter: file }, async ({ path }) => ({
        contents: withoutUnusedMembers(withoutClasses(change(await readFile(path, "utf8")), names)),
        loader: "js",
      }));
    build.onLoad({ filter: /[\\/]@codemirror[\\/]lint[\\/]dist[\\/]index\.js$/ }, async ({ path }) => ({
      // The page has its own list of findings: nothing opens that of the editor.
      contents: (await readFile(path, "utf8")).replaceAll("LintPanel.open", "null"),
      loader: "js",
    }));
    build.onLoad({ filter: /[\\/](?:src|playground)[\\/].*\.ts$/ }, ({ path }) => {
      const own = path.slice(ROOT.length + 1).replaceAll("\\", "/");
      const file = join(ROOT, STAND_INS[own] ?? own);
      const text = readFileSync(file, "utf8");
      const source = GRAMMAR.test(file) ? withoutAccessors(text) : withoutUnusedParts(withoutLateImports(text));
      return { contents: withDefiningFiles(source, file), loader: "ts", resolveDir: join(file, "..") };
    });
  },
};

/**
 * A page has all modules from the start. Of a module that is imported late, and of all that it imports, bundlers keep the whole,
 * each in a function of its own.
 */
function withoutLateImports(source: string): string {
  const imports: string[] = [];
  const changed = source.replace(/\bawait import\(("[^"]+")\)/g, (_, from: string) => {
    const name = `late${imports.length}`;
    imports.push(`import * as ${name} from ${from};\n`);
    return name;
  });
  return imports.join("") + changed;
}

function withoutUnusedParts(source: string): string {
  if (!/\bdefineRule(?:\(\{|<)/.test(source)) return source;
  const cuts: Cut[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && isOfRule(node)) {
      for (const part of node.properties) {
        if (!UNUSED_PARTS.has(part.name?.getText() ?? "")) continue;
        const hasComma = source[part.end] === ",";
        cuts.push({ start: part.getFullStart(), end: part.end + (hasComma ? 1 : 0), text: "" });
      }
    } else node.forEachChild(visit);
  };
  parsed(source, ts.ScriptKind.TS).forEachChild(visit);
  return withCuts(source, cuts);
}

/** Whether it is what a rule is defined by, or what `defineRule` makes of that. */
function isOfRule({ parent }: ts.ObjectLiteralExpression): boolean {
  if (ts.isCallExpression(parent)) return parent.expression.getText() === "defineRule";
  const made = ts.isReturnStatement(parent) ? parent.parent.parent : undefined;
  return made !== undefined && ts.isFunctionDeclaration(made) && made.name?.text === "defineRule";
}

/** The parser without what gets at the parts of a tree by their types: the expression is made of those that have labels. */
function withoutAccessors(source: string): string {
  const cuts: Cut[] = [];
  const visit = (node: ts.Node): void => {
    if (!ts.isClassDeclaration(node) || node.name?.text.endsWith("Context") !== true) return;
    for (const member of node.members) {
      if (ts.isMethodDeclaration(member) && member.name.getText() !== "copyFrom")
        cuts.push({ start: member.getFullStart(), end: member.end, text: "" });
    }
  };
  parsed(source, ts.ScriptKind.TS).forEachChild(visit);
  return withCuts(source, cuts);
}

function same(source: string): string {
  return source;
}

/** re2js with what browsers know of Unicode in the place of its own tables. */
function withoutUnicodeTables(source: string): string {
  const tables = /^\/\/ src\/UnicodeTables\.js$[^]*?(?=^\/\/ src\/Unicode\.js$)/m;
  if (!tables.test(source)) throw new Error("re2js has its tables of Unicode somewhere else");
  const standIn = JSON.stringify(join(ROOT, "playground/patterns/unicode-tables.ts"));
  return `import { UnicodeTables } from ${standIn};\n${source.replace(tables, "")}`;
}

function withoutClasses(bundled: string, unused: RegExp): string {
  // The names of classes and functions, which only error messages of a debugger show, keep each of them in the bundle.
  const source = bundled
    .replace(/static \{\s*__name\(this, "[^"]*"\);\s*\}/g, "")
    .replaceAll("/* @__PURE__ */ __name(", "/* @__PURE__ */ ((named) => named)(");
  const cuts: Cut[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isClassExpression(node.initializer)) {
      const { initializer } = node;
      if (unused.test(node.name.getText())) {
        cuts.push({ start: initializer.getStart(), end: initializer.end, text: "class {}" });
        return;
      }
    }
    const body = (ts.isMethodDeclaration(node) || ts.isGetAccessor(node)) && node.body?.getText();
    if (typeof body === "string" && [...body.matchAll(/\b[A-Z]\w+/g)].some(([name]) => unused.test(name)))
      cuts.push({ start: node.getStart(), end: node.end, text: "" });
    else node.forEachChild(visit);
  };
  parsed(source, ts.ScriptKind.JS).forEachChild(visit);
  return withCuts(source, cuts);
}

/** Where the packages with unused members are used. */
const USERS = ["src/cel/syntax", "src/cel/pattern", "src/policy/schema"] as const;

/** Members that the language calls by itself. */
const CALLED_BY_LANGUAGE: ReadonlySet<string> = new Set(["toString", "valueOf", "toJSON", "next", "return", "then"]);

let usedNames: ReadonlySet<string> | undefined;

/** All words of the modules that use the packages. */
function namesOfUsers(): ReadonlySet<string> {
  const files = USERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(ROOT, folder, file), "utf8")),
  );
  return new Set(files.flatMap((source) => source.match(/[A-Za-z_$][\w$]*/g) ?? []));
}

/** A package without the methods that neither it nor a user of it names: bundlers keep the whole of a class. */
function withoutUnusedMembers(source: string): string {
  const used = new Set((usedNames ??= namesOfUsers()));
  const members: ts.ClassElement[] = [];
  const visit = (node: ts.Node): void => {
    const isMember = (ts.isMethodDeclaration(node) || ts.isAccessor(node)) && ts.isClassLike(node.parent);
    if (isMember) members.push(node);
    if (ts.isIdentifier(node) && !(ts.isClassElement(node.parent) && node.parent.name === node)) used.add(node.text);
    else if (ts.isStringLiteralLike(node)) used.add(node.text);
    node.forEachChild(visit);
  };
  parsed(source, ts.ScriptKind.JS).forEachChild(visit);
  const unused = members.filter(({ name }) => {
    if (name === undefined || !ts.isIdentifier(name)) return false;
    return !used.has(name.text) && !CALLED_BY_LANGUAGE.has(name.text);
  });
  if (unused.length === 0) return source;
  // What only these have named is unused now, too.
  return withoutUnusedMembers(
    withCuts(
      source,
      unused.map((member) => ({ start: member.getFullStart(), end: member.end, text: "" })),
    ),
  );
}

function parsed(source: string, kind: ts.ScriptKind): ts.SourceFile {
  return ts.createSourceFile("module", source, ts.ScriptTarget.ES2022, true, kind);
}

function withCuts(source: string, cuts: readonly Cut[]): string {
  let at = 0;
  const parts = cuts.map(({ start, end, text }) => {
    const part = source.slice(at, start) + text;
    at = end;
    return part;
  });
  return parts.join("") + source.slice(at);
}
