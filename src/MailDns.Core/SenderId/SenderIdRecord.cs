namespace MailDns;

/// <summary>A Sender ID record (RFC 4406 section 3, Historic): a version with scopes, and the terms of SPF.</summary>
public sealed class SenderIdRecord
{
    private readonly SpfRecord _terms;

    internal SenderIdRecord(SpfRecord terms, string[] scopes)
    {
        _terms = terms;
        Scopes = scopes;
    }

    /// <summary>The text as it was parsed.</summary>
    public string Text => PrintableText.Escape(Source);

    /// <summary>The text itself.</summary>
    internal string Source => _terms.Source;

    /// <summary>The scopes in lower case, in their order: "pra", "mfrom", or a name of a later specification.</summary>
    public string[] Scopes { get; }

    /// <summary>True where the record speaks of the Purported Responsible Address (RFC 4407).</summary>
    public bool HasPra => Array.IndexOf(Scopes, "pra") >= 0;

    /// <summary>True where the record speaks of MAIL FROM.</summary>
    public bool HasMfrom => Array.IndexOf(Scopes, "mfrom") >= 0;

    /// <summary>The terms in the order of the text.</summary>
    public IReadOnlyList<SpfTerm> Terms => _terms.Terms;

    /// <summary>The first all; null where there is none.</summary>
    public SpfDirective? All => _terms.All;

    /// <summary>The text as it was parsed, escaped where it is not printable ASCII.</summary>
    public override string ToString() => PrintableText.Escape(Source);
}
