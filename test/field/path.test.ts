import { describe, expect, it } from "@jest/globals";
import { escapePointer, Path } from "#src/field/path.ts";

const ports = Path.root.child("spec").child("ports");

describe("a path in text", () => {
  it.each([
    { name: "the root", path: Path.root, text: "", pointer: "", keys: [] },
    { name: "a field", path: Path.root.child("spec"), text: "spec", pointer: "/spec", keys: ["spec"] },
    {
      name: "an item's field",
      path: ports.index(0).child("nodePort"),
      text: "spec.ports[0].nodePort",
      pointer: "/spec/ports/0/nodePort",
      keys: ["spec", "ports", 0, "nodePort"],
    },
    {
      name: "a map's entry",
      path: Path.root.child("metadata").child("labels").key("a.b/c~d"),
      text: "metadata.labels[a.b/c~d]",
      pointer: "/metadata/labels/a.b~1c~0d",
      keys: ["metadata", "labels", "a.b/c~d"],
    },
    { name: "an entry first", path: Path.root.key("a"), text: "[a]", pointer: "/a", keys: ["a"] },
  ])("$name", ({ path, text, pointer, keys }) => {
    expect(path.toString()).toBe(text);
    expect(path.toPointer()).toBe(pointer);
    expect(path.keys()).toEqual(keys);
  });

  it("is left as it is by a step further", () => {
    ports.index(1);
    expect(ports.toString()).toBe("spec.ports");
  });

  it.each([
    { step: "plain", want: "plain" },
    { step: "a/b", want: "a~1b" },
    { step: "a~b", want: "a~0b" },
    { step: "~1/", want: "~01~1" },
  ])("the step $step becomes $want in a pointer", ({ step, want }) => {
    expect(escapePointer(step)).toBe(want);
  });
});
