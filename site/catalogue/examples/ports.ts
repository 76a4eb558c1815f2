import type { CatalogueExample } from "./example.ts";
import { mended, service } from "./write.ts";

/** Ports, target ports and node ports. */
export const PORTS = {
  "ports-required": {
    ...mended(
      service(`
        selector:
          app: shop
      `),
      ["app: shop", "app: shop\n  ports:\n    - port: 80"],
    ),
    why: "A Service with a cluster IP forwards ports. Only a headless Service, which is a name in DNS, can do without.",
  },
  "port-name-required": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - name: http
            port: 80
          - port: 9090
      `),
      ["- port: 9090", "- name: metrics\n      port: 9090"],
    ),
    why: "The endpoints of a Service are matched to its ports by name, and so are the SRV records in DNS.",
  },
  "port-name-format": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - name: HTTP_Web
            port: 80
      `),
      ["HTTP_Web", "http-web"],
    ),
    why: "The name of a port becomes a label of a DNS name, `_http-web._tcp.shop.production.svc.cluster.local`.",
  },
  "duplicate-port-name": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - name: http
            port: 80
          - name: http
            port: 443
      `),
      ["name: http\n      port: 443", "name: https\n      port: 443"],
    ),
    why: "Ingresses and endpoints refer to a port by its name.",
  },
  "duplicate-port": {
    ...mended(
      service(`
        selector:
          app: dns
        ports:
          - name: dns
            port: 53
            protocol: UDP
          - name: dns-tcp
            port: 53
            protocol: UDP
      `),
      ["dns-tcp\n      port: 53\n      protocol: UDP", "dns-tcp\n      port: 53\n      protocol: TCP"],
    ),
    why: "A connection says only address, port and protocol: it could belong to either.",
  },
  "duplicate-node-port": {
    ...mended(
      service(
        `
        type: ExternalName
        externalName: shop.example.com
        ports:
          - name: http
            port: 80
            nodePort: 30080
          - name: https
            port: 443
            nodePort: 30080
        `,
      ),
      ["443\n      nodePort: 30080", "443\n      nodePort: 30443"],
    ),
    why: "A connection to a node says only port and protocol: it could belong to either.",
    note: "For a Service that has node ports, the API server says it in other words: [`node-port-taken`](/findings/node-port-taken).",
  },
  "port-range": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - port: 80
            targetPort: 80800
      `),
      ["80800", "8080"],
    ),
    why: "The number of a port has 16 bits, and 0 is none.",
  },
  "target-port-name": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - port: 80
            targetPort: "8080"
      `),
      ['"8080"', "8080"],
    ),
    why: "A text is the name of a container's port, and a number its number. The names are those that IANA gives to services: up to 15 characters, with a letter in them.",
  },
  "app-protocol-format": {
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - port: 80
            appProtocol: HTTP/2
      `),
      ["HTTP/2", "kubernetes.io/h2c"],
    ),
    why: "What stands before a slash is a prefix, so it must be a DNS name. Names without one are those of IANA's list of services.",
  },
  "node-port-cluster-ip": {
    ...mended(
      service(`
        type: ClusterIP
        selector:
          app: shop
        ports:
          - port: 80
            nodePort: 30080
      `),
      ["ClusterIP", "NodePort"],
    ),
    why: "A Service of type ClusterIP is reached inside the cluster only. That is also the type of a Service that names none.",
  },
  "kubelet-port": {
    ...mended(
      service(`
        type: LoadBalancer
        selector:
          app: node-gateway
        ports:
          - port: 10250
      `),
      ["- port: 10250", "- port: 443\n      targetPort: 10250"],
    ),
    settings: { kubernetesVersion: "1.32" },
    why: "Some load balancers forward to the same port of the node, where the kubelet listens on 10250.",
  },
  "node-port-out-of-range": {
    ...mended(
      service(`
        type: NodePort
        selector:
          app: shop
        ports:
          - port: 80
            nodePort: 8080
      `),
      ["\n      nodePort: 8080", ""],
    ),
    why: "The range keeps node ports apart from the ports of programs on the nodes. A cluster's administrator can set it.",
  },
  "node-port-taken": {
    ...mended(
      service(`
        type: NodePort
        selector:
          app: shop
        ports:
          - name: http
            port: 80
            nodePort: 30080
          - name: https
            port: 443
            nodePort: 30080
      `),
      ["443\n      nodePort: 30080", "443\n      nodePort: 30443"],
    ),
    why: "A node port belongs to one Service, and within it to one port of a protocol.",
    note: "The port may also be taken by another Service of the cluster. Only the cluster knows that; see [`node-port-twice`](/findings/node-port-twice) for Services that are checked together.",
  },
  "node-port-collides": {
    ...mended(
      service(`
        type: NodePort
        selector:
          app: shop
        ports:
          - name: http
            port: 80
            nodePort: 30080
          - name: admin
            port: 8080
            nodePort: 30080
      `),
      ["8080\n      nodePort: 30080", "8080"],
    ),
    before: service(`
      type: NodePort
      selector:
        app: shop
      ports:
        - name: http
          port: 80
          nodePort: 30080
    `),
    also: ["duplicate-node-port"],
    why: "The port is the Service's own, so that it is not taken, and only afterwards the server notices that it would be there twice.",
  },
  "node-ports-exhausted": {
    ...mended(
      service(`
        type: LoadBalancer
        selector:
          app: shop
        ports:
          - name: http
            port: 80
          - name: https
            port: 443
          - name: admin
            port: 8443
      `),
      ["type: LoadBalancer", "type: LoadBalancer\n  allocateLoadBalancerNodePorts: false"],
    ),
    settings: { nodePortRange: "30080-30081" },
    why: "Each port of a NodePort or LoadBalancer Service takes one node port of the cluster.",
    note: "The cluster of this example has two node ports, 30080 and 30081.",
  },
  "health-check-port-unavailable": {
    ...mended(
      service(`
        type: LoadBalancer
        externalTrafficPolicy: Local
        healthCheckNodePort: 10256
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["\n  healthCheckNodePort: 10256", ""],
    ),
    why: "The port of the health check is allocated from the range of node ports, as one of them.",
  },
  "health-check-port-unused": {
    ...mended(
      service(`
        type: LoadBalancer
        healthCheckNodePort: 31500
        selector:
          app: shop
        ports:
          - port: 80
      `),
      ["\n  healthCheckNodePort: 31500", ""],
    ),
    why: "Load balancers ask a node by this port whether it has endpoints of the Service. That matters only if a node does not forward to others.",
  },
} as const satisfies Record<string, CatalogueExample>;
