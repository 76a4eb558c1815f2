import type { ExampleInWords } from "../examples/example.ts";
import { yaml } from "../examples/write.ts";

/** Rules about files and links, and those of `fairlead upgrade`. */
export const FILES = {
  "file-unreadable": {
    notAManifest: "It is about a file that is not there, or that may not be read.",
    fix: "Name a file or a folder that is there and may be read.",
    session: yaml(`
      $ fairlead check missing.yaml
      missing.yaml
        error  there is no such file  file-unreadable
          at     missing.yaml:1:1
    `),
  },
  "file-unwritable": {
    notAManifest: "It is about a file that may not be written.",
    fix: "Make the file writable. Nothing of it has been changed: it is written whole or not at all.",
    session: yaml(`
      $ fairlead check --fix deploy
      deploy/shop.yaml
        error  this file cannot be fixed: permission is denied  file-unwritable
          at     deploy/shop.yaml:1:1
    `),
  },
  "too-many-findings": {
    notAManifest: "It takes a file with more than 5000 findings, such as one that was generated with a wrong template.",
    fix: "Put right what most of the findings are about, and check again.",
  },
  "not-a-manifest": {
    notAManifest: "It is about files that are no manifests at all, and found only with `--strict-files`.",
    fix: "Move the file out of the folders that are checked, or leave `--strict-files` out.",
    session: yaml(`
      $ cat deploy/values.yaml
      replicas: 3
      $ fairlead check --strict-files deploy
      deploy/values.yaml
        error  this is not a Kubernetes manifest: it has no apiVersion and kind  not-a-manifest
          at     deploy/values.yaml:1:1
    `),
  },
  "not-rendered": {
    notAManifest: "It is about a chart or an overlay, and the program that renders it.",
    fix: "Install the program, or put right what it complains about: the message has its own words.",
    session: yaml(`
      $ fairlead check --render charts
      charts/shop
        error  this cannot be rendered: helm is needed to render this chart, and is not in PATH  not-rendered
          at     charts/shop:1:1
          fix    install Helm: https://helm.sh
    `),
  },
  "filled-in-otherwise": {
    notAManifest: "It is about two versions of the API server, and the manifest is right for both.",
    fix: "Nothing, if the new value is right. Otherwise, set the field in the manifest with the upgrade.",
    session: yaml(`
      $ cat shop.yaml
      apiVersion: v1
      kind: Service
      metadata:
        name: shop
      spec:
        selector:
          app: shop
        externalIPs:
          - 203.0.113.9
        ports:
          - port: 80
      $ fairlead upgrade --from 1.28 --to 1.29 shop.yaml
      shop.yaml
        note  Kubernetes 1.29 fills in externalTrafficPolicy: Cluster  filled-in-otherwise
          at     shop.yaml:5:1  default/shop
          field  spec.externalTrafficPolicy
    `),
  },
  "stored-otherwise": {
    notAManifest: "It is about two versions of the API server, and the manifest is right for both.",
    fix: "Nothing, if what the new version stores is right. Otherwise, change the manifest with the upgrade.",
    session: yaml(`
      $ cat shop.yaml
      apiVersion: v1
      kind: Service
      metadata:
        name: shop
      spec:
        trafficDistribution: PreferClose
        selector:
          app: shop
        ports:
          - port: 80
      $ fairlead upgrade --from 1.29 --to 1.31 shop.yaml
      shop.yaml
        note  Kubernetes 1.31 keeps trafficDistribution: PreferClose, and Kubernetes 1.29 drops it  stored-otherwise
          at     shop.yaml:6:3  default/shop
          field  spec.trafficDistribution
    `),
  },
  "link-loop": {
    notAManifest: "It is about a symbolic link.",
    fix: "Nothing: what the link leads to is checked once. Remove the link if nobody needs it.",
    session: yaml(`
      $ ln -s . deploy/loop
      $ fairlead check deploy
      deploy/loop
        note  this link leads back to a folder that is being checked: skipped  link-loop
          at     deploy/loop:1:1
    `),
  },
  "link-dangling": {
    notAManifest: "It is about a symbolic link.",
    fix: "Remove the link, or let it lead to a file that exists.",
    session: yaml(`
      $ ln -s gone.yaml deploy/old.yaml
      $ fairlead check deploy
      deploy/old.yaml
        note  this link leads to a file that does not exist: skipped  link-dangling
          at     deploy/old.yaml:1:1
    `),
  },
  "link-outside": {
    notAManifest: "It is about a symbolic link.",
    fix: "Name the folder, too, if it is to be checked: `fairlead check deploy ../shared`.",
    session: yaml(`
      $ ln -s ../../shared deploy/shared
      $ fairlead check deploy
      deploy/shared
        note  this folder lies outside of what is checked: skipped; name it to have it checked  link-outside
          at     deploy/shared:1:1
    `),
  },
} as const satisfies Record<string, ExampleInWords>;
