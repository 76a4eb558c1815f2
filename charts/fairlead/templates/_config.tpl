{{/* The one name that the API server asks for: that of the URL, where there is one, without port and brackets. */}}
{{- define "fairlead.calledHost" -}}
{{- if .Values.webhook.url -}}
{{- regexReplaceAll ":[0-9]+$" (urlParse .Values.webhook.url).host "" | trimAll "[]" -}}
{{- else -}}
{{- printf "%s.%s.svc" (include "fairlead.fullname" .) .Release.Namespace -}}
{{- end -}}
{{- end -}}

{{/* Where a certificate that somebody else makes is mounted. */}}
{{- define "fairlead.tlsFolder" -}}
/etc/fairlead-tls
{{- end -}}

{{/* The role of the audit, which owns its reports: they are gone as soon as the release is without it. */}}
{{- define "fairlead.auditRole" -}}
{{- printf "%s-audit" (include "fairlead.fullname" .) -}}
{{- end -}}

{{/*
Fairlead's own configuration: the settings that values set (see _settings.tpl), and those that follow from the release.
What is left open here is discovered, or built in.
*/}}
{{- define "fairlead.config" -}}
{{- $config := fromJson (include "fairlead.settings" .) -}}
{{- $_ := set $config "port" (int .Values.containerPorts.webhook) -}}
{{- $_ := set $config "healthPort" (int .Values.containerPorts.metrics) -}}
{{- $_ := set $config.exempt "ownNamespace" .Release.Namespace -}}
{{- $_ := set $config.certificates "mode" .Values.certificates.mode -}}
{{- $_ := set $config.certificates "hosts" (list (include "fairlead.calledHost" .)) -}}
{{- $tls := dict -}}
{{- if eq .Values.certificates.mode "self" -}}
{{- $_ := set $config.certificates "secret" (include "fairlead.secretName" .) -}}
{{- else -}}
{{- $_ := set $tls "certificate" (printf "%s/tls.crt" (include "fairlead.tlsFolder" .)) -}}
{{- $_ := set $tls "key" (printf "%s/tls.key" (include "fairlead.tlsFolder" .)) -}}
{{- end -}}
{{- if .Values.webhook.clientCA -}}
{{- $_ := set $tls "clientCA" "/etc/fairlead/client-ca.crt" -}}
{{- end -}}
{{- if $tls -}}
{{- $_ := set $config "tls" $tls -}}
{{- end -}}
{{- $names := list (include "fairlead.fullname" .) -}}
{{- $_ := set $config "kubernetes" (dict "policies" "watch" "lease" (first $names) "mutating" $names "validating" $names) -}}
{{- if include "fairlead.inventoryNeeds" . -}}
{{- $_ := set $config.kubernetes "inventory" "watch" -}}
{{- end -}}
{{- if .Values.audit.enabled -}}
{{- $_ := set $config.audit "mode" "reports" -}}
{{- if .Values.rbac.create -}}
{{- $_ := set $config.audit "owner" (include "fairlead.auditRole" .) -}}
{{- end -}}
{{- end -}}
{{- if include "fairlead.sparesCalls" . -}}
{{- $_ := set $config.kubernetes "calls" "asked-for" -}}
{{- end -}}
{{- $discover := list -}}
{{- if not $config.cluster.version }}{{ $discover = append $discover "version" }}{{ end -}}
{{- if not $config.cluster.serviceCIDRs }}{{ $discover = append $discover "serviceCIDRs" }}{{ end -}}
{{- $_ := set $config.cluster "discover" $discover -}}
{{- toYaml $config -}}
{{- end -}}
