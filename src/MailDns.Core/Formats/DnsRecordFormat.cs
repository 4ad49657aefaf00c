using MailDns.Formats;

namespace MailDns;

/// <summary>What ConvertTo-DnsRecordText writes.</summary>
public enum DnsRecordFormat
{
    /// <summary>Lines of a zone file (RFC 1035 section 5) under their $ORIGIN, without SOA and NS. One text a zone.</summary>
    [WrittenBy(typeof(ZoneFormatter))]
    Zone,

    /// <summary>Commands for nsupdate (RFC 2136); records are added and nothing is deleted. One text for all zones.</summary>
    [WrittenBy(typeof(NsUpdateFormatter))]
    NsUpdate,

    /// <summary>dnscmd /RecordAdd lines for Windows DNS, safe in cmd.exe, in batch files and in PowerShell. One text for all zones.</summary>
    [WrittenBy(typeof(DnsCmdFormatter))]
    DnsCmd,

    /// <summary>A change batch for Amazon Route 53 (JSON) that upserts whole record sets. One text a zone.</summary>
    [WrittenBy(typeof(Route53Formatter))]
    Route53,

    /// <summary>The body of Cloudflare's batch request (JSON); records are added, none is proxied. One text a zone.</summary>
    [WrittenBy(typeof(CloudflareFormatter))]
    Cloudflare,

    /// <summary>Record sets for gcloud dns record-sets import (YAML). One text a zone.</summary>
    [WrittenBy(typeof(GoogleDnsFormatter))]
    GoogleDns,

    /// <summary>Terraform resources of the provider that -TerraformProvider names. One text for all zones.</summary>
    [WrittenBy(typeof(TerraformFormatter))]
    Terraform,

    /// <summary>D_EXTEND blocks for DNSControl (JavaScript). One text for all zones.</summary>
    [WrittenBy(typeof(DnsControlFormatter))]
    DnsControl,

    /// <summary>A zone of OctoDNS's YamlProvider. One text a zone.</summary>
    [WrittenBy(typeof(OctoDnsFormatter))]
    OctoDns,

    /// <summary>Comma-separated values with a header (RFC 4180), safe to open in a spreadsheet. One text for all zones.</summary>
    [WrittenBy(typeof(CsvFormatter))]
    Csv,
}
