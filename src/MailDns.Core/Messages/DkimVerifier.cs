namespace MailDns.Messages;

/// <summary>Reads the DKIM signatures of a message and says what became of each (RFC 6376 section 6.1).</summary>
internal static class DkimVerifier
{
    /// <summary>Most signatures that are verified; the others are named and left (RFC 6376 section 6.1 lets verifiers stop).</summary>
    public const int MaxVerified = 50;

    /// <summary>The signatures from top to bottom.</summary>
    public static IReadOnlyList<SignatureTags> Read(MessageHeader header) =>
        header.Find("dkim-signature").Select(index => SignatureTags.Read(header, index, SignatureKind.Dkim)).ToArray();

    /// <summary>Those that are verified: all, or of too many those first whose domain could align with the author's.</summary>
    public static IReadOnlyCollection<SignatureTags> Choose(IReadOnlyList<SignatureTags> signatures, DomainName? author) =>
        signatures.Count <= MaxVerified
            ? signatures
            : signatures.OrderBy(signature => IsNear(signature.Domain, author) ? 0 : 1).ThenBy(signature => signature.Index).Take(MaxVerified).ToArray();

    /// <summary>The result of a signature that was not chosen.</summary>
    public static DkimSignatureResult Leave(SignatureTags signature, int count) => new(
        new SignatureVerdict(signature),
        AuthenticationResultCode.Policy,
        "Not verified: the message has " + count.ToString(CultureInfo.InvariantCulture) + " signatures, and " + MaxVerified + " of them are verified.");

    /// <summary>The result of one that was.</summary>
    /// <param name="verifier">Has read the body.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="now">The time of verification.</param>
    /// <param name="received">When a named host received the message; null where nobody is believed.</param>
    /// <param name="claimed">When the topmost Received field says that it was received; null where that is not known.</param>
    public static async Task<DkimSignatureResult> ConcludeAsync(
        SignatureVerifier verifier,
        SignatureTags signature,
        DateTimeOffset now,
        DateTimeOffset? received,
        DateTimeOffset? claimed)
    {
        SignatureVerdict verdict = await verifier.JudgeAsync(signature).ConfigureAwait(false);
        (AuthenticationResultCode code, string reason) = Conclude(verdict);
        if (code == AuthenticationResultCode.Pass) (code, reason) = Times(verdict, reason, now, received, claimed);

        return new DkimSignatureResult(verdict, code, Sentence(reason));
    }

    private static (AuthenticationResultCode Code, string Reason) Conclude(SignatureVerdict verdict)
    {
        SignatureTags tags = verdict.Tags;
        if (tags.Fault is { } fault) return (AuthenticationResultCode.PermError, fault);

        if (verdict.Key!.Fault != KeyFault.None)
        {
            string alteration = verdict.BodyMatches == false ? "; the body differs from what was signed, too" : string.Empty;
            return (verdict.Key.Fault == KeyFault.Unknown ? AuthenticationResultCode.TempError : AuthenticationResultCode.PermError, verdict.Key.Reason + alteration);
        }

        if (verdict.IsLengthTooLarge)
        {
            return (AuthenticationResultCode.PermError, "l= covers " + tags.Length + " octets, more than the " + verdict.BodyLength + " of the body (RFC 6376 section 3.5)");
        }

        return (verdict.BodyMatches, verdict.SignatureMatches) switch
        {
            (null, true) => (AuthenticationResultCode.Neutral, "the signed header fields are as they were signed; the body is not in this copy"),
            (null, _) => (AuthenticationResultCode.Neutral, "it does not verify, and the body is not in this copy"),
            (true, true) => (AuthenticationResultCode.Pass, Covered(verdict)),
            (false, true) => (AuthenticationResultCode.Fail, "the body differs from what was signed (bh=); the signed header fields are as they were signed, so the signature itself is genuine"),
            (true, _) => (AuthenticationResultCode.Fail, "the body is as it was signed, but a signed header field differs, or it was signed with another key (b=)"),
            _ => (AuthenticationResultCode.Fail, "the body differs from what was signed (bh=), and the signed header fields, or the key, do too (b=)"),
        };
    }

    private static string Covered(SignatureVerdict verdict)
    {
        long behind = verdict.Tags.Length is { } length ? verdict.BodyLength - length - 2 : 0;
        return behind <= 0
            ? "header and body are as they were signed"
            : "what is signed is as it was signed, but l= covers the first " + verdict.Tags.Length + " octets of the body, and " + behind + " octets behind them are not signed";
    }

    // x= counts at the time of receipt where a named host tells it, else now (RFC 6376 section 3.5). A time in the future may
    // be ignored.
    private static (AuthenticationResultCode Code, string Reason) Times(SignatureVerdict verdict, string reason, DateTimeOffset now, DateTimeOffset? received, DateTimeOffset? claimed)
    {
        if (verdict.Tags.Expiration is not { } expiration || expiration >= now.ToUnixTimeSeconds())
            return (AuthenticationResultCode.Pass, reason);

        string at = "it expired at " + Show(expiration);
        if (received is { } receipt)
        {
            return expiration >= receipt.ToUnixTimeSeconds()
                ? (AuthenticationResultCode.Pass, reason + "; " + at + ", after it was received at " + Show(receipt.ToUnixTimeSeconds()))
                : (AuthenticationResultCode.PermError, at + ", before it was received at " + Show(receipt.ToUnixTimeSeconds()) + "; apart from that it verifies");
        }

        string told = claimed is not { } claim ? string.Empty
            : expiration >= claim.ToUnixTimeSeconds() ? "; when the message says it was received, " + Show(claim.ToUnixTimeSeconds()) + ", it was still valid"
            : "; when the message says it was received, " + Show(claim.ToUnixTimeSeconds()) + ", it had expired as well";
        return (AuthenticationResultCode.PermError, at + told + "; apart from that it verifies");
    }

    public static string Show(long seconds) => seconds > 253402300799
        ? "a time beyond the year 9999"
        : DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    private static string Sentence(string text) => char.IsLower(text[0]) && !(text.Length > 1 && text[1] == '=') && !text.StartsWith("bh=", StringComparison.Ordinal)
        ? char.ToUpperInvariant(text[0]) + text.Substring(1) + "."
        : text + ".";

    private static bool IsNear(DomainName? domain, DomainName? author) =>
        domain is not null && author is not null && (domain.IsSameOrBelow(author) || author.IsSameOrBelow(domain));
}
