import { stringify } from "yaml";
import type { Page } from "./links.ts";

const FRONT = {
  layout: "home",
  title: "Fairlead",
  titleTemplate: "Admission control for Kubernetes Services",
  hero: {
    name: "Fairlead",
    text: "Admission control for Kubernetes Services",
    tagline: "The API server's own answer, before you deploy: in the editor, in CI and as a webhook.",
    actions: [
      { theme: "brand", text: "Get started", link: "/start" },
      { theme: "alt", text: "Open the playground", link: "/playground/", target: "_self" },
    ],
  },
  features: [
    {
      title: "What the API server would say",
      details:
        "Kubernetes 1.33 to 1.36, checked against the recorded answers of real API servers: what is refused, what is warned about, and what is stored.",
      link: "/docs/service",
    },
    {
      title: "While you type",
      details:
        "Findings, fixes, help and completion in VS Code, Neovim and others; in the playground without installing anything.",
      link: "/docs/editors",
    },
    {
      title: "A check in CI",
      details: "No cluster needed. Each finding has its place in the file and, where there is one, its fix.",
      link: "/docs/ci",
    },
    {
      title: "A webhook",
      details: "Sets defaults and enforces a team's policies. Built never to be what brings a cluster to a halt.",
      link: "/docs/install",
    },
    {
      title: "One policy for both",
      details: "Built-in rules, and rules of your own in CEL, judged the same in CI and in the cluster.",
      link: "/docs/policy",
    },
    {
      title: "Every finding explained",
      details: "What it says, why, a bad and a good example, the fix, and in which versions of Kubernetes.",
      link: "/findings/",
    },
  ],
};

/** The first page of the site. */
export const HOME: Page = { path: "index", text: `---\n${stringify(FRONT, { lineWidth: 0 })}---\n` };
