using System.Text;

namespace MailDns.Dkim;

/// <summary>A DomainKeys policy record (RFC 4870 section 3.6, Historic). <see cref="ToString"/> is its text.</summary>
internal sealed record DomainKeysPolicyRecord
{
    /// <summary>o=, null where absent, which means "~".</summary>
    public DomainKeysPolicy? Outbound { get; init; }

    /// <summary>t=y.</summary>
    public bool IsTesting { get; init; }

    /// <summary>n=, null where absent.</summary>
    public string? Note { get; init; }

    /// <summary>r=, where reports go; null where absent.</summary>
    public string? ReportAddress { get; init; }

    /// <summary>The text, every tag ended by a semicolon as in "o=-;".</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, "t", IsTesting ? "y" : null);
        Append(text, "o", Outbound switch
        {
            DomainKeysPolicy.SignsAll => "-",
            DomainKeysPolicy.SignsSome => "~",
            _ => null,
        });
        Append(text, "n", Note);
        Append(text, "r", ReportAddress);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(text.Length == 0 ? string.Empty : " ").Append(name).Append('=').Append(value).Append(';');
        }
    }
}
