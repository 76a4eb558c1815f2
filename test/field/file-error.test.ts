import { describe, expect, it } from "@jest/globals";
import { errorCode, fileErrorReason, POLICY_PATH_ERRORS, SYSTEM_MESSAGES } from "#src/field/file-error.ts";

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: as the system puts it`), { code });
}

describe("fileErrorReason", () => {
  it.each([
    { name: "a code with a sentence", error: systemError("ENOENT"), want: "there is no such file" },
    { name: "a code without one", error: systemError("EFOO"), want: "EFOO: as the system puts it" },
    { name: "an error without a code", error: new Error("broken"), want: "broken" },
    { name: "no error at all", error: "broken", want: "broken" },
    {
      name: "a code named like what objects inherit",
      error: systemError("toString"),
      want: "toString: as the system puts it",
    },
  ])("$name", ({ error, want }) => {
    expect(fileErrorReason(error)).toBe(want);
  });

  it("has texts of their own for paths of policies, and none for places that pass on the system's message", () => {
    expect(fileErrorReason(systemError("ENOENT"), POLICY_PATH_ERRORS)).toBe("there is no such file or directory");
    expect(fileErrorReason(systemError("ENOENT"), SYSTEM_MESSAGES)).toBe("ENOENT: as the system puts it");
  });
});

describe("errorCode", () => {
  it("is undefined for what has no code; the error may be of another realm", () => {
    expect([systemError("EBUSY"), { code: "EBUSY" }, new Error("x"), null, undefined].map(errorCode)).toEqual([
      "EBUSY",
      "EBUSY",
      undefined,
      undefined,
      undefined,
    ]);
  });
});
