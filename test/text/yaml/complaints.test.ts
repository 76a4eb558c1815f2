import { describe, expect, it } from "@jest/globals";
import { Composer, Lexer, Parser } from "yaml";
import { readText } from "#src/text/read.ts";
import { ErrorLimiter } from "#src/text/yaml/error-limiter.ts";

describe("a document with many errors", () => {
  it.each([
    { name: "commas between brackets", text: `[${",".repeat(1000)}` },
    { name: "tags", text: "!a ".repeat(1000) },
    { name: "anchors", text: "&a ".repeat(1000) },
    { name: "tabs that indent", text: `a:\n${"\tb: 1\n".repeat(1000)}` },
    { name: "directives", text: "%a\n".repeat(1000) },
  ])("has the library make few of them: $name", ({ text }) => {
    const composer = new Composer({ prettyErrors: false, logLevel: "silent" });
    new ErrorLimiter(composer);
    const parser = new Parser();
    const tokens = [...[...new Lexer().lex(text)].flatMap((lexeme) => [...parser.next(lexeme)]), ...parser.end()];
    const documents = [...tokens.flatMap((token) => [...composer.next(token)]), ...composer.end(true, text.length)];
    // One that is an error, or a warning, and one for a token that no document has.
    for (const { errors, warnings } of documents) expect(errors.length + warnings.length).toBeLessThanOrEqual(2);
    expect(documents).toHaveLength(1);
  });
});

describe("documents with errors", () => {
  it("have each its own first one told of", () => {
    const text = "a: [,,]\n---\nb: 1\n---\nc: [1,,]\n---\n%d\n---\n!a !b c\n...\nd: &a &b\n";
    const { documents } = readText(text, { format: "yaml" });
    const single = ["a: [,,]\n", "b: 1\n", "c: [1,,]\n"].map((each) => readText(each, { format: "yaml" }).problems);
    expect(documents.slice(0, 3).map(({ problems }) => problems.map(({ code, message }) => [code, message]))).toEqual(
      single.map((problems) => problems.map(({ code, message }) => [code, message])),
    );
    expect(documents.map(({ problems }) => problems.length)).toEqual([1, 0, 1, 1, 1, 1]);
  });
});
