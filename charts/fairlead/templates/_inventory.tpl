{{/* Made by scripts/chart-inventory.ts from the rules and from what they need of a cluster: change them there. */}}
{{- define "fairlead.inventoryTable" -}}
needs:
  - services
  - workloads
  - references
  - quotas
rules:
  local-traffic-behind: ["workloads"]
  publish-not-ready-behind: ["workloads"]
  references-resolve: ["services","references"]
  resource-quota: ["services","quotas"]
  selects-workload: ["workloads"]
  service-limits: ["services"]
  session-affinity-behind: ["workloads"]
  target-port-declared: ["workloads"]
  target-port-named: ["workloads"]
  unique-dns-name: ["services"]
  unique-external-ip: ["services"]
  unique-load-balancer-ip: ["services"]
  unique-node-port: ["services"]
  unique-selector: ["services"]
access:
  - {"group":"","resource":"services","needs":["services"]}
  - {"group":"","resource":"resourcequotas","needs":["quotas"]}
  - {"group":"apps","resource":"deployments","needs":["workloads"]}
  - {"group":"apps","resource":"statefulsets","needs":["workloads","references"]}
  - {"group":"apps","resource":"daemonsets","needs":["workloads"]}
  - {"group":"apps","resource":"replicasets","needs":["workloads"]}
  - {"group":"batch","resource":"jobs","needs":["workloads"]}
  - {"group":"batch","resource":"cronjobs","needs":["workloads"]}
  - {"group":"","resource":"replicationcontrollers","needs":["workloads"]}
  - {"group":"","resource":"pods","needs":["workloads"]}
  - {"group":"argoproj.io","resource":"rollouts","needs":["workloads"]}
  - {"group":"apps.openshift.io","resource":"deploymentconfigs","needs":["workloads"]}
  - {"group":"autoscaling","resource":"horizontalpodautoscalers","needs":["workloads"]}
  - {"group":"keda.sh","resource":"scaledobjects","needs":["workloads"]}
  - {"group":"discovery.k8s.io","resource":"endpointslices","needs":["workloads"]}
  - {"group":"networking.k8s.io","resource":"ingresses","needs":["references"]}
  - {"group":"apiregistration.k8s.io","resource":"apiservices","needs":["references"]}
  - {"group":"admissionregistration.k8s.io","resource":"mutatingwebhookconfigurations","needs":["references"]}
  - {"group":"admissionregistration.k8s.io","resource":"validatingwebhookconfigurations","needs":["references"]}
  - {"group":"apiextensions.k8s.io","resource":"customresourcedefinitions","needs":["references"]}
  - {"group":"gateway.networking.k8s.io","resource":"httproutes","needs":["references"]}
  - {"group":"gateway.networking.k8s.io","resource":"grpcroutes","needs":["references"]}
  - {"group":"gateway.networking.k8s.io","resource":"tcproutes","needs":["references"]}
  - {"group":"gateway.networking.k8s.io","resource":"tlsroutes","needs":["references"]}
  - {"group":"gateway.networking.k8s.io","resource":"udproutes","needs":["references"]}
  - {"group":"gateway.networking.k8s.io","resource":"referencegrants","needs":["references"]}
  - {"group":"monitoring.coreos.com","resource":"servicemonitors","needs":["references"]}
  - {"group":"route.openshift.io","resource":"routes","needs":["references"]}
  - {"group":"multicluster.x-k8s.io","resource":"serviceexports","needs":["references"]}
  - {"group":"traefik.io","resource":"ingressroutes","needs":["references"]}
  - {"group":"traefik.io","resource":"ingressroutetcps","needs":["references"]}
  - {"group":"traefik.io","resource":"ingressrouteudps","needs":["references"]}
  - {"group":"traefik.io","resource":"traefikservices","needs":["references"]}
  - {"group":"traefik.io","resource":"middlewares","needs":["references"]}
  - {"group":"traefik.containo.us","resource":"ingressroutes","needs":["references"]}
  - {"group":"traefik.containo.us","resource":"ingressroutetcps","needs":["references"]}
  - {"group":"traefik.containo.us","resource":"ingressrouteudps","needs":["references"]}
  - {"group":"traefik.containo.us","resource":"traefikservices","needs":["references"]}
  - {"group":"traefik.containo.us","resource":"middlewares","needs":["references"]}
  - {"group":"networking.istio.io","resource":"virtualservices","needs":["references"]}
  - {"group":"networking.istio.io","resource":"destinationrules","needs":["references"]}
{{- end -}}
