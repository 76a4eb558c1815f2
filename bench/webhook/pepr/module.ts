import { PEPR } from "./pinned.ts";

const UUID = "bench";

/** The name of Pepr's stores in its namespace, made from the module's id. */
export const STORES = [`pepr-${UUID}-store`, `pepr-${UUID}-schedule`] as const;

/** The program that `pepr build` makes of the module. */
export const BUILT = `dist/pepr-${UUID}.js`;

/**
 * One capability, as Pepr's own documentation writes them: a Service gets an IP family policy, and may not have type NodePort.
 * It listens on the port that the environment names; a module starts by itself on port 3000 otherwise.
 */
const CAPABILITY = `import { Capability, PeprModule, a } from "pepr";
import cfg from "./package.json";

const services = new Capability({ name: "services", description: "IP family policy; no NodePort" });

services
  .When(a.Service)
  .IsCreatedOrUpdated()
  .Mutate((service) => {
    service.Raw.spec ??= {};
    service.Raw.spec.ipFamilyPolicy ??= "PreferDualStack";
  })
  .Validate((service) =>
    service.Raw.spec?.type === "NodePort" ? service.Deny("use ClusterIP or LoadBalancer") : service.Approve(),
  );

const module = new PeprModule(cfg, [services], { deferStart: true });
// While it is built, there is nothing to start.
if (process.env.PEPR_MODE !== "build") module.start(Number(process.env.BENCH_PORT));
`;

const PACKAGE = {
  name: "bench",
  version: "0.0.1",
  private: true,
  description: "The module that is measured",
  pepr: {
    uuid: UUID,
    onError: "reject",
    webhookTimeout: 10,
    customLabels: { namespace: { "pepr.dev": "" } },
    alwaysIgnore: { namespaces: [] },
    admission: { alwaysIgnore: { namespaces: [] } },
    watch: { alwaysIgnore: { namespaces: [] } },
    includedFiles: [],
    env: {},
  },
  dependencies: { [PEPR.name]: PEPR.version },
};

/** The settings of the compiler that `pepr init` writes, without the types that this repository has around it. */
const TSCONFIG = {
  compilerOptions: {
    allowSyntheticDefaultImports: true,
    declaration: true,
    declarationMap: true,
    emitDeclarationOnly: true,
    esModuleInterop: true,
    lib: ["ES2022"],
    module: "es2022",
    moduleResolution: "bundler",
    outDir: "dist",
    resolveJsonModule: true,
    rootDir: ".",
    strict: false,
    target: "ES2022",
    types: ["node"],
    useUnknownInCatchVariables: false,
  },
  include: ["**/*.ts"],
};

/** The files of the module by name. */
export const MODULE: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify(PACKAGE, undefined, 2),
  "tsconfig.json": JSON.stringify(TSCONFIG, undefined, 2),
  "pepr.ts": CAPABILITY,
};
