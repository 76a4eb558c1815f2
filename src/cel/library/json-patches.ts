import { escapePointer } from "../../field/index.ts";
import type { FunctionDeclaration } from "../functions/index.ts";
import { NO_SUCH_OVERLOAD, overload } from "../standard/index.ts";
import { STRING } from "../types/index.ts";
import { declared, readingCost } from "./declare.ts";

/** The function for the paths of JSON patches, in mutations only. Source: the API server's `library/jsonpatch.go`. */
export const JSON_PATCHES: readonly FunctionDeclaration[] = [
  declared(
    "jsonpatch.escapeKey",
    [
      overload(["string_jsonpatch_escapeKey_string", [STRING], STRING], (key) =>
        typeof key === "string" ? escapePointer(key) : NO_SUCH_OVERLOAD,
      ),
    ],
    readingCost(),
  ),
];
