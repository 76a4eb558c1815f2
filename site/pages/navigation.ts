/** An entry of the site's navigation, as VitePress takes it. */
export interface Entry {
  readonly text: string;
  readonly link: string;
  /** The browser leaves the site's own program: the playground is a page by itself. */
  readonly target?: "_self";
}

/** A group of the sidebar. */
export interface Group {
  readonly text: string;
  readonly link?: string;
  readonly collapsed?: boolean;
  readonly items: readonly Entry[];
}

/** The links at the top of each page. */
export const TOP: readonly Entry[] = [
  { text: "Get started", link: "/start" },
  { text: "Findings", link: "/findings/" },
  { text: "Rules", link: "/rules/" },
  { text: "YAML", link: "/yaml/" },
  { text: "Policies", link: "/docs/policy" },
  { text: "Playground", link: "/playground/", target: "_self" },
];

/** The sidebar of the documentation: every page of `docs` but the decisions, which have a page that lists them. */
export const DOCUMENTATION: readonly Group[] = [
  {
    text: "Start",
    items: [
      { text: "Get started", link: "/start" },
      { text: "Installation", link: "/docs/install" },
      { text: "Check in CI", link: "/docs/ci" },
      { text: "In the editor", link: "/docs/editors" },
      { text: "Report formats", link: "/docs/report" },
    ],
  },
  {
    text: "What is judged",
    items: [
      { text: "The Service, field by field", link: "/docs/service" },
      { text: "How manifests are read", link: "/docs/yaml" },
      { text: "Cluster profiles", link: "/docs/cluster-profiles" },
      { text: "Versions of Kubernetes", link: "/docs/versions" },
      { text: "Before an upgrade", link: "/docs/upgrade" },
      { text: "What a cluster has", link: "/docs/audit" },
    ],
  },
  {
    text: "Policies",
    items: [
      { text: "Policies", link: "/docs/policy" },
      { text: "Built-in rules", link: "/docs/rules" },
      { text: "Rules about several objects", link: "/docs/inventory" },
      { text: "Admission policies and CEL", link: "/docs/admission-policies" },
      { text: "Coming from other tools", link: "/docs/coming-from" },
      { text: "Claims and their proofs", link: "/docs/claims" },
    ],
  },
  {
    text: "In a cluster",
    items: [
      { text: "The chart", link: "/docs/chart" },
      { text: "Settings", link: "/docs/settings" },
      { text: "Operations", link: "/docs/operations" },
      { text: "Certificates", link: "/docs/certificates" },
      { text: "Security", link: "/docs/security" },
      { text: "Performance", link: "/docs/performance" },
    ],
  },
  {
    text: "Project",
    items: [
      { text: "Changes", link: "/changelog" },
      { text: "Contributing", link: "/contributing" },
      { text: "Design decisions", link: "/docs/decisions/" },
      { text: "Reporting a vulnerability", link: "/security" },
    ],
  },
];
