import { Broken } from "../target.ts";

/** The prototypes that objects and lists inherit from: a key added here would appear in all of them. */
const INHERITED: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Map.prototype,
];

function picture(): string {
  return INHERITED.map((one) =>
    Reflect.ownKeys(one)
      .map((key) => `${String(key)}: ${kindOf(one, key)}`)
      .join(),
  ).join("\n");
}

function kindOf(holder: object, key: string | symbol): string {
  const descriptor = Reflect.getOwnPropertyDescriptor(holder, key);
  const value: unknown = descriptor?.value;
  return `${typeof value} ${typeof value === "function" ? value.name : ""} ${descriptor?.enumerable}`;
}

const BEFORE = picture();
const COUNT = Reflect.ownKeys(Object.prototype).length;

/** A quick check after every run that no key was added to `Object.prototype`. @throws Broken */
export function checkObjectPrototype(): void {
  if (Reflect.ownKeys(Object.prototype).length !== COUNT) checkPrototypes();
}

/** Checks that the prototypes have not changed. @throws Broken */
export function checkPrototypes(): void {
  if (picture() !== BEFORE) throw new Broken("prototype untouched", "what all objects inherit has changed");
}
