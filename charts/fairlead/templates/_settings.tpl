{{/* Made by scripts/chart-settings.ts from the settings of `serve`: change them there. */}}
{{- define "fairlead.settings" -}}
{{- $config := dict -}}
{{- $log := dict -}}
{{- $_ := set $log "level" .Values.config.logLevel -}}
{{- $_ := set $log "unchanged" .Values.config.logUnchanged -}}
{{- $_ := set $config "log" $log -}}
{{- $_ := set $config "validity" .Values.config.validity -}}
{{- $defaults := dict -}}
{{- $_ := set $defaults "ipFamilyPolicy" .Values.config.ipFamilyPolicy -}}
{{- $_ := set $config "defaults" $defaults -}}
{{- $cluster := dict -}}
{{- with .Values.cluster.version -}}{{- $_ := set $cluster "version" . -}}{{- end -}}
{{- with .Values.cluster.featureGates -}}{{- $_ := set $cluster "featureGates" . -}}{{- end -}}
{{- with .Values.cluster.serviceCIDRs -}}{{- $_ := set $cluster "serviceCIDRs" . -}}{{- end -}}
{{- with .Values.cluster.nodePortRange -}}{{- $_ := set $cluster "nodePortRange" . -}}{{- end -}}
{{- $_ := set $config "cluster" $cluster -}}
{{- $audit := dict -}}
{{- $_ := set $audit "intervalSeconds" .Values.audit.intervalSeconds -}}
{{- $_ := set $audit "writesPerSecond" .Values.audit.writesPerSecond -}}
{{- $_ := set $config "audit" $audit -}}
{{- $exempt := dict -}}
{{- $_ := set $exempt "namespaces" .Values.webhook.excludedNamespaces -}}
{{- $_ := set $exempt "services" .Values.config.exemptServices -}}
{{- $_ := set $config "exempt" $exempt -}}
{{- $shutdown := dict -}}
{{- $_ := set $shutdown "drainSeconds" .Values.shutdown.drainSeconds -}}
{{- $_ := set $shutdown "graceSeconds" .Values.shutdown.graceSeconds -}}
{{- $_ := set $config "shutdown" $shutdown -}}
{{- $limits := dict -}}
{{- $_ := set $limits "connections" .Values.limits.connections -}}
{{- $_ := set $limits "bodies" .Values.limits.bodies -}}
{{- $_ := set $config "limits" $limits -}}
{{- $certificates := dict -}}
{{- if eq .Values.certificates.mode "self" -}}{{- $_ := set $certificates "lifeHours" .Values.certificates.lifeHours -}}{{- end -}}
{{- if eq .Values.certificates.mode "self" -}}{{- $_ := set $certificates "renewAt" .Values.certificates.renewAt -}}{{- end -}}
{{- if eq .Values.certificates.mode "self" -}}{{- $_ := set $certificates "settleSeconds" .Values.certificates.settleSeconds -}}{{- end -}}
{{- $_ := set $config "certificates" $certificates -}}
{{- toJson $config -}}
{{- end -}}
