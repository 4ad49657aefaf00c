namespace MailDns.TestSupport;

/// <summary>What a signature says beside its key.</summary>
public sealed record SigningOptions
{
    public string FieldName { get; init; } = "DKIM-Signature";

    /// <summary>The first tags.</summary>
    public string Start { get; init; } = "v=1; ";

    /// <summary>c=.</summary>
    public string Canonicalization { get; init; } = "relaxed/relaxed";

    /// <summary>h=.</summary>
    public IReadOnlyList<string> Fields { get; init; } = ["From", "To", "Subject", "Date", "Message-ID"];

    /// <summary>l=.</summary>
    public long? Length { get; init; }

    /// <summary>a= in place of the right one.</summary>
    public string? Algorithm { get; init; }

    /// <summary>More tags, e.g. " t=1; x=2;".</summary>
    public string Extra { get; init; } = string.Empty;
}
