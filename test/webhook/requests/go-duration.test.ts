import { describe, expect, it } from "@jest/globals";
import { parseGoDuration } from "#src/webhook/requests/go-duration.ts";

describe("a duration in Go's format", () => {
  it.each([
    { text: "10s", want: 10_000 },
    { text: "1m30s", want: 90_000 },
    { text: "500ms", want: 500 },
    { text: "1.5s", want: 1500 },
    { text: "1h0m0.5s", want: 3_600_500 },
    { text: "0s", want: 0 },
    { text: "250µs", want: 0.25 },
    { text: "10", want: undefined },
    { text: "s", want: undefined },
    { text: "-5s", want: undefined },
    { text: "10s ", want: undefined },
    { text: "10x", want: undefined },
    { text: "", want: undefined },
  ])("$text: $want ms", ({ text, want }) => {
    expect(parseGoDuration(text)).toBe(want);
  });
});
