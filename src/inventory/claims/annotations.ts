import { Path } from "../../field/index.ts";
import type { ServiceEntry } from "../model/index.ts";

/** Where the annotations of a Service are. */
export const ANNOTATIONS = Path.of(["metadata", "annotations"]);

/** The first of these annotations that a Service has. */
export function annotationNameOf({ annotations }: ServiceEntry, names: readonly string[]): string | undefined {
  return annotations && names.find((candidate) => Object.hasOwn(annotations, candidate));
}

/** The value of the first of these annotations that a Service has: names of one annotation, newer before older ones. */
export function annotationOf(service: ServiceEntry, names: readonly string[]): string | undefined {
  const name = annotationNameOf(service, names);
  return name === undefined ? undefined : service.annotations?.[name];
}

/** The items of a comma-separated list, without blanks around them. */
export function itemsOf(list: string): readonly string[] {
  return list
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
