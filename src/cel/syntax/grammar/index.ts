/** The lexer and the parser that are generated from `Cel.g4`. */
export * from "./CelLexer.ts";
export * from "./CelParser.ts";
