/** The JSON schema of a value; its `type` also decides how the text of a variable or a flag is parsed. */
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

type SettingValue = string | number | readonly string[];

/**
 * One setting of `serve`. The flag, the environment variable, the key of the file, its schema, the chart's value and the
 * documentation are all made of it: a new setting is one entry.
 */
export interface Setting {
  /** The key in the file; the environment variable follows from it. */
  readonly path: readonly [string, ...string[]];
  /** The flag, without dashes. */
  readonly flag: string;
  /** The name of the flag's value in the help. */
  readonly value: string;
  readonly help: string;
  readonly schema: ValueSchema;
  /** Without a default the setting is optional. */
  readonly default?: SettingValue;
  /** The chart's value that sets it; without one the chart decides, or leaves the default. */
  readonly chart?: ChartValue;
}

/** How a setting appears in the Helm chart; `npm run docs` writes it there. */
export interface ChartValue {
  /** The key in `values.yaml`. */
  readonly key: readonly [string, string];
  /** The comment in `values.yaml`, and the text in the chart's README. */
  readonly description: string;
  /** The default in `values.yaml`; by default that of the setting. An empty one leaves the setting out. */
  readonly default?: SettingValue;
  /** The schema in `values.schema.json`; by default that of the setting. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** The `certificates.mode` in which the setting counts; by default all of them. */
  readonly onlyInMode?: string;
}

/** The environment variable of a setting: `FAIRLEAD_HEALTH_PORT` for `healthPort`. */
export function variableOf({ path }: Setting): string {
  const words = path.map((name) => name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase());
  return ["FAIRLEAD", ...words].join("_");
}
