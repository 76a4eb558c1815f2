import { expect, it } from "@jest/globals";
import { changedLines } from "#site/catalogue/page/changed-lines.ts";

it.each([
  { name: "a line", before: "a\nb\nc\n", after: "a\nx\nc\n", want: "-b\n+x" },
  { name: "a line more", before: "a\nc\n", after: "a\nb\nc\n", want: "+b" },
  { name: "a line more, like its neighbour", before: "a\nb\n", after: "a\nb\nb\n", want: "+b" },
  { name: "a line less, like its neighbour", before: "a\na\nb\n", after: "a\nb\n", want: "-a" },
  { name: "the last line less", before: "a\nb\n", after: "a\n", want: "-b" },
  {
    name: "lines apart, with what is between them",
    before: "a\nb\nc\n",
    after: "x\nb\ny\n",
    want: "-a\n-b\n-c\n+x\n+b\n+y",
  },
  { name: "nothing", before: "a\n", after: "a\n", want: undefined },
  { name: "too much", before: "a\n".repeat(9), after: "b\n", want: undefined },
])("$name", ({ before, after, want }) => {
  expect(changedLines(before, after)).toBe(want);
});
