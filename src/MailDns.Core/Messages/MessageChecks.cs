namespace MailDns.Messages;

/// <summary>The checks of a received message: the one place that declares them.</summary>
internal static class MessageChecks
{
    private const string FixCopy = "Save the message again from the receiving mailbox as it was received: \"Download original\", \"Show original\" or \"View source\", and look at what the receiver recorded.";
    private const string FixPlatform = "Switch the custom domain on at the platform (domain authentication, DKIM), and send another message.";

    public static readonly CheckDefinition CopyNormalized = Info("COPY-NORMALIZED", "The copy needs nothing undone", "Undone before verifying: {what}.", "Nothing; a copy that was saved as it was received needs none of it.", "RFC 5322 section 2.1; RFC 6376 section 5.3");
    public static readonly CheckDefinition CopyRepaired = Warning("COPY-REPAIRED", "No program changed the body of the copy", "The signature of {d} verifies once {what} is undone.", "The message was signed correctly; save a copy that no program has changed to see it pass.", "RFC 6376 section 3.4");
    public static readonly CheckDefinition CopyUnproven = Warning("COPY-UNPROVEN", "The copy can prove what was sent", "This copy cannot prove the signature of {d}: {why}.", FixCopy, "RFC 6376 section 3.7");
    public static readonly CheckDefinition HeaderStray = Info("HEADER-STRAY", "Every line of the header is a field", "Lines of the header are not fields and were left out.", "Look at the copy: a program has added or cut lines.", "RFC 5322 section 2.2");
    public static readonly CheckDefinition HeaderRepeated = Error("HEADER-REPEATED", "Fields that may be there once are there once", "{field} is there {n} times; programs show either.", "Do not trust what is shown; let the sending program write the field once.", "RFC 5322 section 3.6; RFC 6376 section 8.15");
    public static readonly CheckDefinition DkimNone = Warning("DKIM-NONE", "The message is signed", "The message has no DKIM signature.", "Have the platform sign with DKIM for the From domain.", "RFC 6376; RFC 9989 section 4.4.1");
    public static readonly CheckDefinition DkimSyntax = Error("DKIM-SYNTAX", "Every signature can be read", "The signature of {d} cannot be verified: {why}.", "Correct the signing program; the signature breaks the standard.", "RFC 6376 sections 3.2, 3.5 and 6.1.1");
    public static readonly CheckDefinition DkimAlgorithm = Error("DKIM-ALGORITHM", "Every signature has an algorithm and a key that may be accepted", "The signature of {d} must not be accepted: {why}.", "Sign with rsa-sha256 and a key of 2048 bits (New-DkimKey).", "RFC 8301 sections 3.1 and 3.2");
    public static readonly CheckDefinition DkimKeyMissing = Error("DKIM-KEY-MISSING", "The key of every signature is published", "The signature of {d} cannot be verified: {why}.", "Publish the key or the alias that the platform asks for at that name, or have the platform sign with the selector that is published.", "RFC 6376 section 6.1.2");
    public static readonly CheckDefinition DkimKeyRevoked = Error("DKIM-KEY-REVOKED", "No message is signed with a revoked key", "The signature of {d} cannot be verified: {why}.", "Have the platform sign with the selector that replaced it.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition DkimKeyUnusable = Error("DKIM-KEY-UNUSABLE", "The key of every signature fits it", "The signature of {d} cannot be verified: {why}.", "Correct the key record; Get-DkimStatus names each fault and the record that mends it.", "RFC 6376 sections 3.6.1 and 6.1.2; RFC 8463");
    public static readonly CheckDefinition DkimBody = Error("DKIM-BODY", "The body is as it was signed", "The signature of {d} fails: {why}.", "Find the program behind the signer that changes the body (footers, link rewriting, conversion), and let it sign last.", "RFC 6376 sections 3.7 and 6.1.3");
    public static readonly CheckDefinition DkimHeader = Error("DKIM-HEADER", "The signed header fields are as they were signed", "The signature of {d} fails: {why}.", "Compare the private key with the published one (Test-DkimKey), and find what changes the header behind the signer.", "RFC 6376 sections 3.7 and 6.1.3");
    public static readonly CheckDefinition DkimExpired = Error("DKIM-EXPIRED", "No signature has expired", "The signature of {d}: {why}.", "Nothing for a message that was received in time; else let signatures be valid for longer than mail may wait in a queue, a week.", "RFC 6376 section 3.5, x=");
    public static readonly CheckDefinition DkimFuture = Warning("DKIM-FUTURE", "No signature was made in the future", "The signature of {d} says that it was made at {t}, in the future.", "Set the clock of the signing server.", "RFC 6376 section 3.5, t=");
    public static readonly CheckDefinition DkimLength = Warning("DKIM-LENGTH", "The signature covers the whole body", "The signature of {d} covers the first {n} octets of the body (l=); {m} octets are not signed.", "Sign without l=: anybody can add to such a message.", "RFC 6376 section 8.2");
    public static readonly CheckDefinition DkimFields = Warning("DKIM-FIELDS", "The fields that people see are signed", "The signature of {d} does not cover {fields}.", "Sign From, To, Cc, Subject, Date, Reply-To, Message-ID and the Content-* and MIME-Version fields.", "RFC 6376 section 5.4.1");
    public static readonly CheckDefinition DkimTesting = Warning("DKIM-TESTING", "The key is not in testing", "The key of {d} has the flag t=y: the domain says that it is testing DKIM.", "Publish the key without t=y.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition DkimKeySize = Warning("DKIM-KEY-SIZE", "The key has 2048 bits or more", "The key of {d} has {n} bits; signers should use 2048 or more.", "Sign with a key of 2048 bits (New-DkimKey, or the platform's setting).", "RFC 8301 section 3.2");
    public static readonly CheckDefinition DkimMany = Warning("DKIM-MANY", "The message has no more signatures than are verified", "The message has {n} signatures; {m} of them were verified.", "No sender needs that many: look at who sent it.", "RFC 6376 sections 6.1 and 8.4");
    public static readonly CheckDefinition SpfUnknown = Info("SPF-UNKNOWN", "Client and sender are known, so that SPF is evaluated", "SPF is not evaluated: {why}.", "Specify -IPAddress with -Sender, or name the receiving host with -TrustedHost.", "RFC 7208 section 2.4; RFC 8601 section 5");
    public static readonly CheckDefinition SpfResult = Warning("SPF-RESULT", "SPF passes", "SPF for {domain} from {ip} gives {result}.", "Authorise the sending address in the SPF record of the Return-Path's domain (Test-SpfSender shows every step). Forwarded mail fails here and needs DKIM.", "RFC 7208 section 2.6");
    public static readonly CheckDefinition Author = Error("AUTHOR", "From names exactly one domain", "DMARC does not apply: {why}.", "Send with one From field and addresses of one domain; such a message is often forged.", "RFC 9989 sections 5.3.1 and 11.5");
    public static readonly CheckDefinition DmarcFail = Error("DMARC-FAIL", "DMARC passes", "DMARC fails for {domain}: {why}.", "Let a signature or SPF pass with a domain that aligns with the From domain; the other findings name the record or step.", "RFC 9989 section 5.3");
    public static readonly CheckDefinition DmarcNone = Warning("DMARC-NONE", "A DMARC record applies", "No DMARC record applies to {domain}.", "Publish a DMARC record, p=none at first (New-DmarcRecord).", "RFC 9989 section 4.10");
    public static readonly CheckDefinition AlignDkim = Warning("ALIGN-DKIM", "A signature that passes aligns with the From domain", "No signature that passes aligns with {domain}: {domains}.", "Have the platform sign with d= of the From domain.", "RFC 9989 section 4.4.1");
    public static readonly CheckDefinition AlignSpf = Warning("ALIGN-SPF", "The domain of the Return-Path aligns with the From domain", "The Return-Path is in {domain}, which does not align with {from}.", "Send with a Return-Path in the From domain or below it: set the bounce host up at the platform.", "RFC 9989 section 4.4.2");
    public static readonly CheckDefinition Platform = Info("PLATFORM", "The platform that sent the message is known", "Sent by {name}: {evidence}.", "Nothing; -Provider compares the message with the platform's profile.", "The message itself");
    public static readonly CheckDefinition PlatformOther = Warning("PLATFORM-OTHER", "The message came from the platform that was named", "The message came by {found}, not by {wanted}.", "Send the test message by the platform that is to be proven.", "The message itself");
    public static readonly CheckDefinition PlatformDkim = Error("PLATFORM-DKIM", "The platform signs with the key that its profile promises", "The profile of {name} promises {key}, and the message is signed by {d}.", FixPlatform, "The platform's profile; RFC 9989 section 4.4.1");
    public static readonly CheckDefinition PlatformBounce = Warning("PLATFORM-BOUNCE", "The platform's Return-Path is the one that its profile promises", "The profile of {name} promises the Return-Path {host}, and the message has {found}.", FixPlatform, "The platform's profile; RFC 9989 section 4.4.2");
    public static readonly CheckDefinition ArcChain = Warning("ARC", "The ARC chain is valid", "{why}.", "Nothing for the sender: somebody on the way changed the message after it was sealed, or sealed it wrongly.", "RFC 8617 section 5.2");
    public static readonly CheckDefinition ClaimDiffers = Warning("CLAIM-DIFFERS", "What the receiver recorded is what is computed here", "{host} recorded {claim}, and computed here is {result}.", "The copy or DNS has changed since, or the receiver judges otherwise: the finding of the method says which.", "RFC 8601 section 2.7");
    public static readonly CheckDefinition ClaimUntrusted = Info("CLAIM-UNTRUSTED", "Authentication-Results are by a host that is named", "Not believed: {claims}.", "Name the host that received the message with -TrustedHost, if it is yours.", "RFC 8601 sections 5 and 7.1");

    public static readonly CheckDefinition[] OfSignatures =
    {
        DkimSyntax, DkimAlgorithm, DkimKeyMissing, DkimKeyRevoked, DkimKeyUnusable, DkimBody, DkimHeader, DkimExpired,
        DkimFuture, DkimLength, DkimFields, DkimTesting, DkimKeySize, CopyRepaired, CopyUnproven,
    };

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        CopyNormalized, CopyRepaired, CopyUnproven, HeaderStray, HeaderRepeated,
        DkimNone, DkimSyntax, DkimAlgorithm, DkimKeyMissing, DkimKeyRevoked, DkimKeyUnusable, DkimBody, DkimHeader, DkimExpired,
        DkimFuture, DkimLength, DkimFields, DkimTesting, DkimKeySize, DkimMany,
        SpfUnknown, SpfResult, Author, DmarcFail, DmarcNone, AlignDkim, AlignSpf,
        Platform, PlatformOther, PlatformDkim, PlatformBounce, ArcChain, ClaimDiffers, ClaimUntrusted,
    };

    private static CheckDefinition Error(string id, string title, string finding, string remedy, string source) => New(id, CheckSeverity.Error, title, finding, remedy, source);

    private static CheckDefinition Warning(string id, string title, string finding, string remedy, string source) => New(id, CheckSeverity.Warning, title, finding, remedy, source);

    private static CheckDefinition Info(string id, string title, string finding, string remedy, string source) => New(id, CheckSeverity.Information, title, finding, remedy, source);

    private static CheckDefinition New(string id, CheckSeverity severity, string title, string finding, string remedy, string source) =>
        new("MSG-" + id, CheckArea.Message, severity, CheckNeeds.Message, title, finding, remedy, source);
}
