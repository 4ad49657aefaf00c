using MailDns.Messages;

namespace MailDns;

/// <summary>One result that a host recorded in the message (RFC 8601), and whether it can be believed.</summary>
public sealed class AuthenticationClaim
{
    internal AuthenticationClaim(AuthenticationResultsField field, RecordedResult recorded, bool isBelieved)
    {
        Recorded = recorded;
        Host = PrintableText.Escape(field.Host);
        Method = PrintableText.Escape(recorded.Method);
        Result = PrintableText.Escape(recorded.Result);
        Reason = recorded.Reason is { } reason ? PrintableText.Escape(reason) : null;
        Properties = PrintableText.Escape(recorded.Properties);
        IsBelieved = isBelieved;
    }

    /// <summary>The host that says to have recorded it (authserv-id); empty where it gives no name, as Microsoft's do.</summary>
    public string Host { get; }

    /// <summary>spf, dkim, dmarc, arc, compauth and others.</summary>
    public string Method { get; }

    /// <summary>The result as it was written.</summary>
    public string Result { get; }

    /// <summary>Its reason or comment; null where there is none.</summary>
    public string? Reason { get; }

    /// <summary>Its properties, e.g. <c>header.d=contoso.com header.s=s1</c>.</summary>
    public string Properties { get; }

    /// <summary>
    /// True where the field was added by a host named in -TrustedHost, above the line with which that host received the
    /// message. Everything else may have been written by the sender.
    /// </summary>
    public bool IsBelieved { get; }

    /// <summary>What MailDns computed for the same: the word of the result; null where it computed nothing to compare.</summary>
    public string? Computed { get; internal set; }

    /// <summary>True where it says pass and the computed result does not, or the other way round; null where nothing was computed.</summary>
    public bool? Differs { get; internal set; }

    internal RecordedResult Recorded { get; }

    /// <summary>Host, method and result.</summary>
    public override string ToString() => (Host.Length == 0 ? string.Empty : Host + ": ") + Method + "=" + Result + (Properties.Length == 0 ? string.Empty : " " + Properties);
}
