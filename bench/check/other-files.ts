/** Files that are no Services, as repositories have them beside their manifests. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a kind of files is called, and the text of one. */
interface Kind {
  readonly name: (number: number) => string;
  readonly text: (number: number) => string;
}

/** Settings and data: nothing in them could be a manifest. */
const DATA: readonly Kind[] = [
  {
    name: (number) => `values-${number}.yaml`,
    text: (number) => `image:
  repository: registry.example/app-${number}
  tag: "1.${number}"
replicas: ${number % 7}
resources:
  limits: { cpu: 500m, memory: 256Mi }
env:
${list(20, (index) => `  - name: SETTING_${index}\n    value: "${number}-${index}"\n`)}`,
  },
  {
    name: (number) => `workflow-${number}.yml`,
    text: (number) => `name: build-${number}
on: [push, pull_request]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
${list(12, (index) => `      - name: step ${index}\n        run: |\n          make step-${index}\n          echo done\n`)}`,
  },
  {
    name: (number) => `package-${number}.json`,
    text: (number) =>
      JSON.stringify(
        {
          name: `app-${number}`,
          version: `1.0.${number}`,
          dependencies: Object.fromEntries(
            Array.from({ length: 30 }, (_, index) => [`dependency-${index}`, `^${index}.0.0`]),
          ),
        },
        undefined,
        2,
      ),
  },
];

/** Manifests of other kinds: each has to be read to the end, because what cannot be read is reported. */
const MANIFESTS: readonly Kind[] = [
  {
    name: (number) => `deployment-${number}.yaml`,
    text: (number) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${number}
  labels: { app.kubernetes.io/name: app-${number} }
spec:
  replicas: 3
  selector:
    matchLabels: { app.kubernetes.io/name: app-${number} }
  template:
    metadata:
      labels: { app.kubernetes.io/name: app-${number} }
    spec:
      containers:
        - name: app
          image: registry.example/app-${number}:1.0
          ports:
            - containerPort: 8080
`,
  },
  {
    name: (number) => `settings-${number}.yaml`,
    text: (number) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-${number}
data:
${list(20, (index) => `  setting-${index}: "${number}-${index}"\n`)}`,
  },
];

const FILES_IN_FOLDER = 100;

/** Writes this many files of settings and data below the folder. */
export function writeData(folder: string, files: number): void {
  write(folder, files, DATA);
}

/** Writes this many manifests of other kinds below the folder. */
export function writeOtherKinds(folder: string, files: number): void {
  write(folder, files, MANIFESTS);
}

function write(folder: string, files: number, kinds: readonly Kind[]): void {
  for (let number = 0; number < files; number++) {
    const part = join(folder, `part-${Math.floor(number / FILES_IN_FOLDER)}`);
    if (number % FILES_IN_FOLDER === 0) mkdirSync(part, { recursive: true });
    const kind = kinds[number % kinds.length];
    if (kind !== undefined) writeFileSync(join(part, kind.name(number)), kind.text(number));
  }
}

function list(length: number, item: (index: number) => string): string {
  return Array.from({ length }, (_, index) => item(index)).join("");
}
