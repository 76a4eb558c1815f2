/** What a value must be, in JSON schema; `type` also says how the text of a variable or a flag is read. */
type ValueSchema =
  | {
      readonly type: "string";
      readonly enum?: readonly string[];
      readonly pattern?: string;
      readonly minLength?: number;
    }
  | { readonly type: "integer" | "number"; readonly minimum: number; readonly maximum: number }
  | {
      readonly type: "array";
      readonly items: {
        readonly type: "string";
        readonly enum?: readonly string[];
        readonly pattern?: string;
        readonly minLength?: number;
      };
      readonly minItems?: number;
    };

/** One thing to be told: its place in the file, from which its environment variable follows, its flag, and its meaning. */
export interface Setting {
  readonly path: readonly [string, ...string[]];
  /** The flag, without dashes. */
  readonly flag: string;
  /** How the flag's value is called in the help. */
  readonly value: string;
  readonly help: string;
  readonly schema: ValueSchema;
  /** The value where nobody says one; without it the setting is optional. */
  readonly default?: string | number | readonly string[];
}

/** The environment variable of a setting: `FAIRLEAD_HEALTH_PORT` for `healthPort`. */
export function variableOf({ path }: Setting): string {
  const words = path.map((name) => name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase());
  return ["FAIRLEAD", ...words].join("_");
}
