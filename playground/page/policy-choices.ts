import { element } from "../dom/index.ts";

/** The policies to choose from: those that stand for those of other tools are listed tool by tool. @param sets the ready-made ones */
export function policyChoices(sets: readonly string[]): readonly HTMLElement[] {
  const groups = Map.groupBy(sets, (name) => name.split("/").slice(0, -1).join("/"));
  const option = (value: string, label = value): HTMLElement => element("option", { value }, label);
  return [
    option("none"),
    option("own", "your own"),
    ...[...groups].flatMap(([folder, names]) =>
      folder === ""
        ? names.map((name) => option(name))
        : element(
            "optgroup",
            { label: `as ${folder.replace(/^coming-from\//, "")} has it` },
            ...names.map((name) => option(name, name.slice(folder.length + 1))),
          ),
    ),
  ];
}
