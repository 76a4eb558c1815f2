{{/* The names under which the API server calls the Service. */}}
{{- define "fairlead.dnsNames" -}}
{{- $host := printf "%s.%s.svc" (include "fairlead.fullname" .) .Release.Namespace -}}
- {{ $host }}
- {{ $host }}.cluster.local
{{- end -}}

{{/* Fairlead's own configuration. What is left open here is discovered, or built in. */}}
{{- define "fairlead.config" -}}
port: 8443
healthPort: 8080
log:
  level: {{ .Values.config.logLevel }}
validity: {{ .Values.config.validity }}
defaults:
  ipFamilyPolicy: {{ .Values.config.ipFamilyPolicy }}
exempt:
  ownNamespace: {{ .Release.Namespace | quote }}
  namespaces: {{ .Values.webhook.excludedNamespaces | toJson }}
  services: {{ .Values.config.exemptServices | toJson }}
shutdown:
  drainSeconds: {{ .Values.shutdown.drainSeconds }}
  graceSeconds: {{ .Values.shutdown.graceSeconds }}
{{- with include "fairlead.clusterConfig" . }}
cluster:
  {{- . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "fairlead.clusterConfig" -}}
{{- with .Values.cluster.version }}
version: {{ . | quote }}
{{- end }}
{{- with .Values.cluster.serviceCIDRs }}
serviceCIDRs: {{ toJson . }}
{{- end }}
{{- with .Values.cluster.nodePortRange }}
nodePortRange: {{ . | quote }}
{{- end }}
{{- end -}}
