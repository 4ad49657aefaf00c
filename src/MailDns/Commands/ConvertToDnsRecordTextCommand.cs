using MailDns.Formats;

namespace MailDns.Commands;

/// <summary>Writes records in the format of a DNS server, a cloud or a configuration tool.</summary>
/// <remarks>
/// All records of the pipeline go into one text, or one text a zone where the format knows one zone only (Zone, Route53,
/// Cloudflare, GoogleDns, OctoDns). Records of one name and type become one set with the lowest of their times to live. TXT values
/// are quoted, escaped and split into strings of 255 octets as each format wants it; no value can break out of its quoting.
/// If a format cannot represent a record exactly, there is an error (RecordValueNotSupported, RecordTypeNotSupported,
/// RecordTooLong or RecordConflict), and the whole record set is left out. Zone and NsUpdate can represent every value.
/// Route53 replaces record sets (UPSERT); the other formats add, or refuse what is there. docs/formats.md has the command that
/// applies each format.
/// In Csv, a cell that a spreadsheet would run (it begins with = + - or @) or that begins with an apostrophe has one apostrophe
/// in front.
/// </remarks>
/// <example>
/// <code>New-DmarcRecord contoso.com -Rua dmarc@contoso.com | ConvertTo-DnsRecordText -Format Zone</code>
/// <para>Lines for a zone file.</para>
/// </example>
/// <example>
/// <code>ConvertFrom-DnsZone -Path examples/zones/example.com.zone | Where-Object RecordType -eq TXT | ConvertTo-DnsRecordText -Format Route53</code>
/// <para>A change batch for aws route53 change-resource-record-sets --change-batch file://...</para>
/// </example>
/// <example>
/// <code>New-TrackingRecord contoso.com -Target trk.example.net | ConvertTo-DnsRecordText -Format Terraform -TerraformProvider Cloudflare</code>
/// <para>A resource for Terraform.</para>
/// </example>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc1035#section-5"/>
[Cmdlet(VerbsData.ConvertTo, "DnsRecordText")]
[OutputType(typeof(string))]
public sealed class ConvertToDnsRecordTextCommand : RecordConverterCommand
{
    /// <summary>The format of the text. docs/formats.md has the command that applies each.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public DnsRecordFormat Format { get; set; }

    /// <summary>With -Format Terraform: whose resources are written. Aws (the default), Azure, Cloudflare or Google.</summary>
    [Parameter]
    public TerraformProvider TerraformProvider { get; set; }

    protected override void BeginProcessing()
    {
        if (Format != DnsRecordFormat.Terraform && MyInvocation.BoundParameters.ContainsKey(nameof(TerraformProvider)))
            ThrowTerminatingError(ErrorRecords.From(new ArgumentException("-TerraformProvider goes with -Format Terraform only."), Format));
    }

    protected override void EndProcessing()
    {
        var errors = new List<RecordExportError>();
        var warnings = new List<string>();
        IReadOnlyList<string> texts = RecordTextWriter.Write(Records, Format, TerraformProvider, errors, warnings);
        WriteErrors(errors);
        foreach (string warning in warnings)
            WriteWarning(warning);

        foreach (string text in texts)
            WriteObject(text);
    }
}
