using MailDns.Messages;

namespace MailDns;

/// <summary>One DKIM signature of a message and what became of it (RFC 6376, RFC 8301, RFC 8463).</summary>
public sealed class DkimSignatureResult
{
    private const int LineEnd = 2;

    internal DkimSignatureResult(SignatureVerdict verdict, AuthenticationResultCode result, string reason)
    {
        Verdict = verdict;
        Result = result;
        Reason = reason;
        SignatureTags tags = verdict.Tags;
        Domain = tags.Domain?.Text ?? PrintableText.Escape(tags.DomainText);
        Selector = PrintableText.Escape(tags.Selector);
        Identity = tags.Identity is { } identity ? PrintableText.Escape(identity) : null;
        Algorithm = PrintableText.Escape(tags.Algorithm);
        Canonicalization = tags.Canonicalization;
        KeySize = verdict.Key?.Key?.Bits;
        KeyName = tags.KeyName?.ToString();
        KeyTarget = verdict.Key is { Response.IsAliased: true } key ? key.Response.CanonicalName.ToString() : null;
        IsTesting = verdict.Key?.Record?.IsTesting ?? false;
        BodyLength = verdict.BodyLength < 0 ? null : verdict.BodyLength;
        BodyCovered = BodyLength is { } length ? Math.Min(length, tags.Length ?? long.MaxValue) : null;
        UnsignedLength = BodyLength - BodyCovered is { } rest ? Math.Max(0, rest - LineEnd) : null;
        BodyMatches = verdict.BodyMatches;
        SignatureMatches = verdict.SignatureMatches;
        Timestamp = TimeOf(tags.Timestamp);
        Expiration = TimeOf(tags.Expiration);
        SignedFields = tags.Fields.Select(PrintableText.Escape).ToArray();
    }

    /// <summary>The signing domain, d=, as A-labels.</summary>
    public string Domain { get; }

    /// <summary>The selector, s=.</summary>
    public string Selector { get; }

    /// <summary>Pass, Fail, Policy, TempError or PermError, in the words of RFC 8601 section 2.7.1.</summary>
    public AuthenticationResultCode Result { get; }

    /// <summary>Why, in a sentence.</summary>
    public string Reason { get; internal set; }

    /// <summary>a=, e.g. rsa-sha256.</summary>
    public string Algorithm { get; }

    /// <summary>Bits of the published key; null where there is none.</summary>
    public int? KeySize { get; }

    /// <summary>True where the signing domain aligns with the From domain (RFC 9989 section 4.4.1); null where that is not known.</summary>
    public bool? Aligned { get; internal set; }

    /// <summary>Octets of the canonical body that are signed: all, or the first l= of them; null where the body was not read.</summary>
    public long? BodyCovered { get; }

    /// <summary>Octets of the canonical body; null where the body was not read.</summary>
    public long? BodyLength { get; }

    /// <summary>Octets of the body behind the signed ones, the end of its last line not counted; 0 without l=; null where the body was not read.</summary>
    public long? UnsignedLength { get; }

    /// <summary>True where the body is as it was signed (bh=); null where that was not computed.</summary>
    public bool? BodyMatches { get; }

    /// <summary>True where the signed header fields are as they were signed with this key (b=); null where that was not computed.</summary>
    public bool? SignatureMatches { get; }

    /// <summary>
    /// What has to be undone in the copy for the signature to verify, e.g. "&gt;From" lines of mbox files; null where nothing
    /// has, or nothing helps. The signature is genuine then, and the result is that of the copy as it is.
    /// </summary>
    public string? Repair { get; internal set; }

    /// <summary>c=, e.g. relaxed/relaxed.</summary>
    public string Canonicalization { get; }

    /// <summary>i=, the agent or user; null where it is absent.</summary>
    public string? Identity { get; }

    /// <summary>The header fields that h= names, in its order.</summary>
    public string[] SignedFields { get; }

    /// <summary>When it says to have been made, t=, in UTC; null where it does not.</summary>
    public DateTime? Timestamp { get; }

    /// <summary>When it expires, x=, in UTC; null where it does not.</summary>
    public DateTime? Expiration { get; }

    /// <summary>Where the key is published; null where d= or s= cannot be read.</summary>
    public string? KeyName { get; }

    /// <summary>Where that name leads by CNAME; null where it is no alias.</summary>
    public string? KeyTarget { get; }

    /// <summary>True where the key record says t=y: the domain is testing DKIM.</summary>
    public bool IsTesting { get; }

    internal SignatureVerdict Verdict { get; }

    /// <summary>True where it verifies, as the copy is or once the copy is repaired.</summary>
    internal bool IsGenuine => Result == AuthenticationResultCode.Pass || Repair is not null;

    /// <summary>Domain, selector, result and reason.</summary>
    public override string ToString() => Result + " d=" + Domain + " s=" + Selector + ": " + Reason;

    // Whatever is beyond the years that DateTime has is infinite.
    private static DateTime? TimeOf(long? seconds) => seconds switch
    {
        null => null,
        > 253402300799 => DateTime.MaxValue,
        { } value => DateTimeOffset.FromUnixTimeSeconds(value).UtcDateTime,
    };
}
