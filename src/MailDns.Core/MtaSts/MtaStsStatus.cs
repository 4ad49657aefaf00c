namespace MailDns;

/// <summary>What a domain announces by MTA-STS, and what is to be said of it. Texts from DNS and HTTPS are escaped.</summary>
public sealed class MtaStsStatus : AreaStatus
{
    internal MtaStsStatus(string domain, IReadOnlyList<string> texts, MtaStsRecord? record, MtaStsPolicy? policy, string[] exchangers, CheckSheet sheet)
        : base(domain, "_mta-sts." + domain)
    {
        Records = texts.Select(PrintableText.Escape).ToArray();
        Record = Records.Length == 1 ? Records[0] : null;
        ParsedRecord = record;
        Policy = policy;
        MailExchange = exchangers;
        Judge(sheet, isThere: record is not null);
    }

    /// <summary>The TXT record at _mta-sts; null where there is not exactly one.</summary>
    public string? Record { get; }

    /// <summary>The record, read; null where there is not exactly one.</summary>
    public MtaStsRecord? ParsedRecord { get; }

    /// <summary>The record's id.</summary>
    public string? Id => ParsedRecord?.Id;

    /// <summary>The policy that was fetched; null without -IncludeHttps, or where it was not to be had.</summary>
    public MtaStsPolicy? Policy { get; }

    /// <summary>The policy's mode; null where there is no policy.</summary>
    public MtaStsPolicyMode? Mode => Policy?.Mode;

    /// <summary>The hosts that take the domain's mail.</summary>
    public string[] MailExchange { get; }

    /// <summary>Domain and record.</summary>
    public override string ToString() => Domain + ": " + (Record ?? "no MTA-STS record");
}
