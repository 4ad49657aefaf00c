namespace MailDns.Messages;

/// <summary>The checks of a received message: the one place that declares them.</summary>
internal static class MessageChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Message);

    private const string FixCopy = "Save the message again from the receiving mailbox as it was received: \"Download original\", \"Show original\" or \"View source\", and look at what the receiver recorded.";
    private const string FixPlatform = "Turn on the custom domain at the platform (domain authentication, DKIM), and send another message.";

    public static readonly CheckDefinition CopyNormalized = s_rows.Information("MSG-COPY-NORMALIZED", CheckNeeds.Message, "The copy was verified as it was saved", "Corrected before verifying, because messages in transit never have it: {what}.", "Nothing; a copy that was saved as it was received does not need it.", "RFC 5322 section 2.1; RFC 6376 section 5.3");
    public static readonly CheckDefinition CopyRepaired = s_rows.Warning("MSG-COPY-REPAIRED", CheckNeeds.Message, "No program changed the body of the copy", "The body of this copy was changed. The signature of {signer} verifies once one change is undone: {what}.", "The message was signed correctly. Save a copy that no program has changed to see it pass.", "RFC 6376 section 3.4");
    public static readonly CheckDefinition CopyUnproven = s_rows.Warning("MSG-COPY-UNPROVEN", CheckNeeds.Message, "The signature can be verified with this copy", "The signature of {signer} cannot be verified with this copy: {why}", FixCopy, "RFC 6376 section 3.7");
    public static readonly CheckDefinition HeaderStray = s_rows.Information("MSG-HEADER-STRAY", CheckNeeds.Message, "Every line of the header is a field", "Lines of the header are not header fields; they were left out.", "Check the copy: a program has added or split lines.", "RFC 5322 section 2.2");
    public static readonly CheckDefinition HeaderRepeated = s_rows.Error("MSG-HEADER-REPEATED", CheckNeeds.Message, "Fields that may occur once occur once", "The field {field} occurs {n} times; it may occur once, and mail programs differ in which one they show.", "Do not trust what is shown; correct the sending program so that it writes the field once.", "RFC 5322 section 3.6; RFC 6376 section 8.15");
    public static readonly CheckDefinition DkimNone = s_rows.Warning("MSG-DKIM-NONE", CheckNeeds.Message, "The message is signed", "The message has no DKIM signature.", "Have the platform sign with DKIM for the From domain.", "RFC 6376; RFC 9989 section 4.4.1");
    public static readonly CheckDefinition DkimSyntax = s_rows.Error("MSG-DKIM-SYNTAX", CheckNeeds.Message, "Every signature can be read", "The result of the signature of {signer} is {result}: {why}", "Correct the signing program; the signature violates the standard.", "RFC 6376 sections 3.2, 3.5 and 6.1.1");
    public static readonly CheckDefinition DkimAlgorithm = s_rows.Error("MSG-DKIM-ALGORITHM", CheckNeeds.Message, "Every signature uses an algorithm and a key size that receivers accept", "The result of the signature of {signer} is {result}: {why}", "Sign with rsa-sha256 and a key of 2048 bits (New-DkimKey).", "RFC 8301 sections 3.1 and 3.2");
    public static readonly CheckDefinition DkimKeyMissing = s_rows.Error("MSG-DKIM-KEY-MISSING", CheckNeeds.Message, "The key of every signature is published", "The result of the signature of {signer} is {result}: {why}", "Publish the key or the CNAME of the platform at that name, or have the platform sign with the published selector.", "RFC 6376 section 6.1.2");
    public static readonly CheckDefinition DkimKeyRevoked = s_rows.Error("MSG-DKIM-KEY-REVOKED", CheckNeeds.Message, "No message is signed with a revoked key", "The result of the signature of {signer} is {result}: {why}", "Have the platform sign with the selector that replaces it.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition DkimKeyUnusable = s_rows.Error("MSG-DKIM-KEY-UNUSABLE", CheckNeeds.Message, "The key of every signature can be used for it", "The result of the signature of {signer} is {result}: {why}", "Correct the key record; Get-DkimStatus shows each fault and the corrected record.", "RFC 6376 sections 3.6.1 and 6.1.2; RFC 8463");
    public static readonly CheckDefinition DkimBody = s_rows.Error("MSG-DKIM-BODY", CheckNeeds.Message, "The body is as it was signed", "The result of the signature of {signer} is {result}: {why}", "Find the program that changes the body after signing (footers, link rewriting, conversion), and sign after it.", "RFC 6376 sections 3.7 and 6.1.3");
    public static readonly CheckDefinition DkimHeader = s_rows.Error("MSG-DKIM-HEADER", CheckNeeds.Message, "The signed header fields are as they were signed", "The result of the signature of {signer} is {result}: {why}", "Compare the private key with the published one (Test-DkimKey), and find the program that changes the header after signing.", "RFC 6376 sections 3.7 and 6.1.3");
    public static readonly CheckDefinition DkimExpired = s_rows.Error("MSG-DKIM-EXPIRED", CheckNeeds.Message, "No signature has expired", "The result of the signature of {signer} is {result}: {why}", "Nothing if the message was received in time. Otherwise make signatures valid for longer than mail may wait in a queue, such as a week.", "RFC 6376 section 3.5, x=");
    public static readonly CheckDefinition DkimFuture = s_rows.Warning("MSG-DKIM-FUTURE", CheckNeeds.Message, "No signature was made in the future", "The signature of {signer} says that it was made at {time}, in the future.", "Set the clock of the signing server.", "RFC 6376 section 3.5, t=");
    public static readonly CheckDefinition DkimLength = s_rows.Warning("MSG-DKIM-LENGTH", CheckNeeds.Message, "The signature covers the whole body", "The signature of {signer} covers the first {n} octets of the body (l=); the {m} octets after them are not signed and may have been added by anybody.", "Sign without l=: anybody can add text to such a message.", "RFC 6376 section 8.2");
    public static readonly CheckDefinition DkimFields = s_rows.Warning("MSG-DKIM-FIELDS", CheckNeeds.Message, "The fields that people see are signed", "The signature of {signer} does not cover {fields}: they may have been changed.", "Sign From, To, Cc, Subject, Date, Reply-To, Message-ID and the Content-* and MIME-Version fields.", "RFC 6376 section 5.4.1");
    public static readonly CheckDefinition DkimTesting = s_rows.Warning("MSG-DKIM-TESTING", CheckNeeds.Message, "The key is not in testing", "The key of {signer} has the flag t=y: the domain says that it is testing DKIM.", "Publish the key without t=y.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition DkimKeySize = s_rows.Warning("MSG-DKIM-KEY-SIZE", CheckNeeds.Message, "The key has 2048 bits or more", "The key of {signer} has {n} bits; signers should use 2048 or more.", "Sign with a key of 2048 bits (New-DkimKey, or the platform's setting).", "RFC 8301 section 3.2");
    public static readonly CheckDefinition DkimMany = s_rows.Warning("MSG-DKIM-MANY", CheckNeeds.Message, "All signatures of the message were verified", "The message has {n} signatures; {m} of them were verified.", "No sender needs that many; find out who sent the message.", "RFC 6376 sections 6.1 and 8.4");
    public static readonly CheckDefinition SpfUnknown = s_rows.Information("MSG-SPF-UNKNOWN", CheckNeeds.Message, "Client and sender are known, so that SPF is evaluated", "SPF is not evaluated: {why}.", "Specify -IPAddress with -Sender, or name the receiving host with -TrustedHost.", "RFC 7208 section 2.4; RFC 8601 section 5");
    public static readonly CheckDefinition SpfResult = s_rows.Warning("MSG-SPF-RESULT", CheckNeeds.Message, "SPF passes", "The SPF result for {domain} from {ip} is {result}", "Authorise the sending address in the SPF record of the Return-Path's domain (Test-SpfSender shows every step). Forwarded mail fails here and needs DKIM.", "RFC 7208 section 2.6");
    public static readonly CheckDefinition Author = s_rows.Error("MSG-AUTHOR", CheckNeeds.Message, "From names exactly one domain", "DMARC does not apply: {why}.", "Send with one From field and addresses of one domain; such a message is often forged.", "RFC 9989 sections 5.3.1 and 11.5");
    public static readonly CheckDefinition DmarcFail = s_rows.Error("MSG-DMARC-FAIL", CheckNeeds.Message, "DMARC passes", "DMARC fails for {domain}. {why}", "Make DKIM or SPF pass with a domain that aligns with the From domain; the other findings show the record or the step.", "RFC 9989 section 5.3");
    public static readonly CheckDefinition DmarcNone = s_rows.Warning("MSG-DMARC-NONE", CheckNeeds.Message, "A DMARC record applies", "DMARC has no result. {why}", "Publish a DMARC record, p=none at first (New-DmarcRecord).", "RFC 9989 section 4.10");
    public static readonly CheckDefinition AlignDkim = s_rows.Warning("MSG-ALIGN-DKIM", CheckNeeds.Message, "A signature that passes aligns with the From domain", "The signature that passes is of {signer}, which does not align with {domain}.", "Have the platform sign for the From domain (d=).", "RFC 9989 section 4.4.1");
    public static readonly CheckDefinition AlignSpf = s_rows.Warning("MSG-ALIGN-SPF", CheckNeeds.Message, "The domain of the Return-Path aligns with the From domain", "The Return-Path is in {domain}, which does not align with {author}.", "Send with a Return-Path in the From domain or below it: set up the bounce host at the platform.", "RFC 9989 section 4.4.2");
    public static readonly CheckDefinition Platform = s_rows.Information("MSG-PLATFORM", CheckNeeds.Message, "The platform that sent the message is known", "Sent by {name}: {evidence}.", "Nothing; -Provider compares the message with the platform's profile.", "The message itself");
    public static readonly CheckDefinition PlatformOther = s_rows.Warning("MSG-PLATFORM-OTHER", CheckNeeds.Message, "The message came from the specified platform", "The message came from {found} ({evidence}), not from {wanted}.", "Send the test message through the platform that you want to test.", "The message itself");
    public static readonly CheckDefinition PlatformDkim = s_rows.Error("MSG-PLATFORM-DKIM", CheckNeeds.Message, "The platform signs as its profile says", "The message {signers}; the profile of {name} requires {keys}. {state}", FixPlatform, "The platform's profile; RFC 9989 section 4.4.1");
    public static readonly CheckDefinition PlatformBounce = s_rows.Warning("MSG-PLATFORM-BOUNCE", CheckNeeds.Message, "The platform uses the Return-Path that its profile says", "The Return-Path is in {domain}; the profile of {name} requires {hosts}. {state}", FixPlatform, "The platform's profile; RFC 9989 section 4.4.2");
    public static readonly CheckDefinition ArcChain = s_rows.Warning("MSG-ARC", CheckNeeds.Message, "The ARC chain is valid", "The ARC chain is not valid: {fault}", "Nothing for the sender: a host in between changed the message after it was sealed, or sealed it incorrectly.", "RFC 8617 section 5.2");
    public static readonly CheckDefinition ClaimDiffers = s_rows.Warning("MSG-CLAIM-DIFFERS", CheckNeeds.Message, "The receiver recorded the result that is computed here", "{host} recorded {claim}; the result computed from this copy and today's DNS is {result}.", "The copy or DNS has changed since, or the receiver decides differently; the finding of that method says which.", "RFC 8601 section 2.7");
    public static readonly CheckDefinition ClaimUntrusted = s_rows.Information("MSG-CLAIM-UNTRUSTED", CheckNeeds.Message, "Authentication-Results come from a trusted host", "Results in the message that are not trusted: {claims}. {why}", "If the host that received the message is yours, specify it with -TrustedHost.", "RFC 8601 sections 5 and 7.1");

    /// <summary>Checks of each signature.</summary>
    public static readonly CheckDefinition[] OfSignatures =
    {
        DkimSyntax, DkimAlgorithm, DkimKeyMissing, DkimKeyRevoked, DkimKeyUnusable, DkimBody, DkimHeader, DkimExpired,
        DkimFuture, DkimLength, DkimFields, DkimTesting, DkimKeySize, CopyRepaired, CopyUnproven,
    };

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>What was found of a message, as results of checks.</summary>
internal static class MessageRules
{
    private const int GoodBits = 2048;

    // RFC 5322 section 3.6: at most one of each.
    private static readonly string[] s_single = { "from", "sender", "reply-to", "to", "cc", "date", "message-id", "subject", "content-type", "mime-version" };

    // What people see or answer to, and what decides how the body is read (RFC 6376 section 5.4.1).
    private static readonly string[] s_seen = { "subject", "to", "cc", "date", "reply-to", "content-type", "content-transfer-encoding" };

    public static void Apply(MessageFacts facts, CheckSheet sheet)
    {
        Copy(facts, sheet);
        Header(facts, sheet);
        Signatures(facts, sheet);
        SenderPolicy(facts, sheet);
        Dmarc(facts, sheet);
        Arc(facts, sheet);
        Claims(facts, sheet);
    }

    private static void Copy(MessageFacts facts, CheckSheet sheet)
    {
        CopyTraits traits = facts.Message.Traits;
        var undone = new List<string>();
        void Add(CopyTraits trait, string text)
        {
            if ((traits & trait) != CopyTraits.None) undone.Add(text);
        }

        Add(CopyTraits.Utf16, "UTF-16 was turned into UTF-8");
        Add(CopyTraits.ByteOrderMark, "a byte order mark was skipped");
        Add(CopyTraits.MboxLine, "the \"From \" line of an mbox file was skipped");
        Add(CopyTraits.LeadingLines, "empty lines before the header were skipped");
        Add(CopyTraits.BareLineFeed, "line ends were turned from LF into CRLF");
        if (undone.Count > 0) sheet.Report(MessageChecks.CopyNormalized.With(string.Join("; ", undone)));
        if ((traits & CopyTraits.StrayLines) != CopyTraits.None) sheet.Report(MessageChecks.HeaderStray);

        sheet.CompletePass(new[] { MessageChecks.CopyNormalized, MessageChecks.HeaderStray });
    }

    private static void Header(MessageFacts facts, CheckSheet sheet)
    {
        foreach (string name in s_single)
        {
            int count = facts.Header.CountOf(name);
            if (count > 1) sheet.Report(MessageChecks.HeaderRepeated.With(Cased(name), count));
        }

        sheet.CompletePass(new[] { MessageChecks.HeaderRepeated });
        if (facts.AuthorFault is { } fault)
            sheet.Report(MessageChecks.Author.With(fault));
        else
            sheet.Pass(MessageChecks.Author);
    }

    private static void Signatures(MessageFacts facts, CheckSheet sheet)
    {
        if (facts.Dkim.Count == 0)
        {
            sheet.Report(MessageChecks.DkimNone);
            sheet.CompleteNotApplicable(MessageChecks.OfSignatures.Concat(new[] { MessageChecks.DkimMany, MessageChecks.AlignDkim }), "The message has no DKIM signature.");
            return;
        }

        sheet.Pass(MessageChecks.DkimNone);
        if (facts.Verified < facts.Dkim.Count)
            sheet.Report(MessageChecks.DkimMany.With(facts.Dkim.Count, facts.Verified));

        foreach (DkimSignatureResult signature in facts.Dkim.Where(signature => signature.Result != AuthenticationResultCode.Policy))
        {
            Failure(facts, signature, sheet);
            Remarks(facts, signature, sheet);
        }

        Alignment(facts, sheet);
        sheet.CompletePass(MessageChecks.OfSignatures.Concat(new[] { MessageChecks.DkimMany }));
    }

    // Where another signature already passes aligned, one that fails is a remark: it counts as if it were not there
    // (RFC 6376 section 6.1).
    private static void Failure(MessageFacts facts, DkimSignatureResult signature, CheckSheet sheet)
    {
        if (signature.Result is AuthenticationResultCode.Pass) return;

        string why = LowerFirst(signature.Reason);
        string word = signature.Result.ToString().ToLowerInvariant();
        if (signature.Result == AuthenticationResultCode.TempError)
        {
            sheet.Unknown(MessageChecks.DkimKeyMissing, MessageChecks.DkimKeyMissing.With(Name(signature), word, why).Message);
            return;
        }

        if (signature.Repair is { } repair)
        {
            sheet.Report(MessageChecks.CopyRepaired.With(Name(signature), repair));
            return;
        }

        CheckDefinition check = CheckOf(signature);
        AuthenticationClaim? claim = facts.ClaimOf(signature);
        string recorded = claim is null ? string.Empty : " " + Recorded(claim);
        if (check == MessageChecks.DkimBody || signature.BodyMatches is null)
        {
            bool altered = facts.Alterer is not null || claim is { Result: "pass", IsBelieved: true };
            if (altered && (check == MessageChecks.DkimBody || signature.Result == AuthenticationResultCode.Neutral))
            {
                string through = facts.Alterer is { } alterer ? " It comes from " + alterer + "." : string.Empty;
                sheet.Report(MessageChecks.CopyUnproven.With(Name(signature), why + through + recorded));
                return;
            }

            if (facts.List is { } list)
                recorded += " It came by the mailing list " + PrintableText.Quote(list) + "; lists change subjects and bodies.";
        }

        if (facts.Aligned.Any() || facts.SpfPassesAligned)
            sheet.Note(check, check.With(Name(signature), word, why + recorded).Message + " DMARC passes without it.");
        else
            sheet.Report(check.With(Name(signature), word, why + recorded));
    }

    private static CheckDefinition CheckOf(DkimSignatureResult signature)
    {
        SignatureVerdict verdict = signature.Verdict;
        if (verdict.Tags.Fault is not null)
            return verdict.Tags.IsForbiddenAlgorithm ? MessageChecks.DkimAlgorithm : MessageChecks.DkimSyntax;

        return verdict.Key!.Fault switch
        {
            KeyFault.Missing => MessageChecks.DkimKeyMissing,
            KeyFault.Revoked => MessageChecks.DkimKeyRevoked,
            KeyFault.Unusable => MessageChecks.DkimKeyUnusable,
            KeyFault.Weak => MessageChecks.DkimAlgorithm,
            _ when verdict.IsLengthTooLarge => MessageChecks.DkimSyntax,
            _ when verdict.Verifies => MessageChecks.DkimExpired,
            _ when verdict.BodyMatches == false => MessageChecks.DkimBody,
            _ => MessageChecks.DkimHeader,
        };
    }

    private static void Remarks(MessageFacts facts, DkimSignatureResult signature, CheckSheet sheet)
    {
        if (!signature.IsGenuine) return;

        string name = Name(signature);
        if (signature.UnsignedLength > 0)
            sheet.Report(MessageChecks.DkimLength.With(name, signature.BodyCovered, signature.UnsignedLength));

        if (signature.Verdict.Tags.Timestamp is { } time && time > facts.Request.Now.ToUnixTimeSeconds() + 300)
            sheet.Report(MessageChecks.DkimFuture.With(name, DkimVerifier.Show(time)));

        string[] unsigned = s_seen.Where(field => facts.Header.First(field) >= 0 && !signature.SignedFields.Contains(field, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (unsigned.Length > 0)
            sheet.Report(MessageChecks.DkimFields.With(name, string.Join(", ", unsigned.Select(Cased))));

        if (signature.IsTesting) sheet.Report(MessageChecks.DkimTesting.With(name));

        if (signature.Algorithm.StartsWith("rsa", StringComparison.Ordinal) && signature.KeySize < GoodBits)
            sheet.Report(MessageChecks.DkimKeySize.With(name, signature.KeySize), "2048 bits", signature.KeySize + " bits");
    }

    private static void Alignment(MessageFacts facts, CheckSheet sheet)
    {
        DkimSignatureResult[] passing = facts.Dkim.Where(signature => signature.Result == AuthenticationResultCode.Pass).ToArray();
        if (passing.Length == 0 || facts.Author is null)
        {
            sheet.NotApplicable(MessageChecks.AlignDkim, "No signature passes.");
        }
        else if (passing.Any(signature => signature.Aligned == true))
        {
            sheet.Pass(MessageChecks.AlignDkim);
        }
        else if (passing.Any(signature => signature.Aligned is null))
        {
            sheet.Unknown(MessageChecks.AlignDkim, "Whether a signature that passes aligns with " + facts.Author + " is not known: a lookup failed.");
        }
        else
        {
            string domains = string.Join(", ", passing.Select(signature => signature.Domain).Distinct(StringComparer.Ordinal).Take(3));
            sheet.Report(MessageChecks.AlignDkim.With(domains, facts.Author), "d=" + facts.Author, "d=" + domains);
        }
    }

    private static void SenderPolicy(MessageFacts facts, CheckSheet sheet)
    {
        if (facts.Spf is not { } spf)
        {
            sheet.Report(MessageChecks.SpfUnknown.With(facts.WhyNoSpf.TrimEnd('.')));
            sheet.CompleteNotApplicable(new[] { MessageChecks.SpfResult, MessageChecks.AlignSpf }, "SPF is not evaluated.");
            return;
        }

        sheet.Pass(MessageChecks.SpfUnknown);
        string word = spf.Result.ToString().ToLowerInvariant() + (spf.Problem is { } problem ? ": " + problem : spf.Mechanism is { } mechanism ? " by " + mechanism + "." : ".");
        string result = MessageChecks.SpfResult.With(spf.Domain, spf.IPAddress, word).Message;
        if (spf.Result == SpfResultCode.TempError)
        {
            sheet.Unknown(MessageChecks.SpfResult, result);
        }
        else if (spf.Result != SpfResultCode.Pass)
        {
            string list = facts.List is not null ? " The message came by a mailing list." : string.Empty;
            sheet.Report(MessageChecks.SpfResult.With(spf.Domain, spf.IPAddress, word + list));
        }
        else
        {
            sheet.Pass(MessageChecks.SpfResult, result);
        }

        if (!facts.SpfInput!.CountsForDmarc || facts.Author is null)
            sheet.NotApplicable(MessageChecks.AlignSpf, "The sender (MAIL FROM) or the author is not known.");
        else if (facts.SpfAligned == false)
            sheet.Report(MessageChecks.AlignSpf.With(spf.Domain, facts.Author), facts.Author.ToString(), spf.Domain);
        else if (facts.SpfAligned is null)
            sheet.Unknown(MessageChecks.AlignSpf, "Whether " + spf.Domain + " aligns with " + facts.Author + " is not known: a lookup failed.");
        else
            sheet.Pass(MessageChecks.AlignSpf);
    }

    private static void Dmarc(MessageFacts facts, CheckSheet sheet)
    {
        if (facts.Discovery is null)
        {
            sheet.CompleteNotApplicable(new[] { MessageChecks.DmarcFail, MessageChecks.DmarcNone }, facts.DmarcReason);
            return;
        }

        switch (facts.DmarcResult)
        {
            case AuthenticationResultCode.Pass:
                sheet.Pass(MessageChecks.DmarcFail, "DMARC passes. " + facts.DmarcReason);
                sheet.Pass(MessageChecks.DmarcNone);
                break;
            case AuthenticationResultCode.TempError:
                sheet.Unknown(MessageChecks.DmarcFail, "Whether DMARC passes is not known. " + facts.DmarcReason);
                break;
            case AuthenticationResultCode.None:
                sheet.Report(MessageChecks.DmarcNone.With(facts.DmarcReason));
                sheet.NotApplicable(MessageChecks.DmarcFail, facts.DmarcReason);
                break;
            default:
                Failed(facts, sheet);
                sheet.Pass(MessageChecks.DmarcNone);
                break;
        }
    }

    private static void Failed(MessageFacts facts, CheckSheet sheet)
    {
        string policy = facts.Discovery!.Policy.Effective is { } effective ? " Receivers are asked to apply the policy " + effective.ToString().ToLowerInvariant() + "." : string.Empty;
        if (MessageDmarc.IsCopyInDoubt(facts))
            sheet.Unknown(MessageChecks.DmarcFail, "Whether DMARC passed when the message was received, this copy cannot prove. " + facts.DmarcReason, "See what is said of the copy.");
        else if (facts.SpfInput is not { CountsForDmarc: true })
            sheet.Unknown(MessageChecks.DmarcFail, "DMARC does not pass by DKIM; whether it passes by SPF is not known. " + facts.DmarcReason, "Specify -IPAddress with -Sender, or -TrustedHost.");
        else
            sheet.Report(MessageChecks.DmarcFail.With(facts.Author, facts.DmarcReason + policy));
    }

    private static void Arc(MessageFacts facts, CheckSheet sheet)
    {
        switch (facts.Arc.Result)
        {
            case AuthenticationResultCode.None:
                sheet.NotApplicable(MessageChecks.ArcChain, facts.Arc.Reason);
                break;
            case AuthenticationResultCode.Pass:
                sheet.Pass(MessageChecks.ArcChain, facts.Arc.Reason);
                break;
            case AuthenticationResultCode.TempError:
                sheet.Unknown(MessageChecks.ArcChain, facts.Arc.Reason);
                break;
            default:
                sheet.Report(MessageChecks.ArcChain.Saying(facts.Arc.Reason));
                break;
        }
    }

    // Of several fields of believed hosts the topmost counts for a method; of others nothing does.
    private static void Claims(MessageFacts facts, CheckSheet sheet)
    {
        AuthenticationClaim[] others = facts.Claims.Where(claim => !claim.IsBelieved).ToArray();
        if (others.Length > 0)
        {
            string list = string.Join("; ", others.Take(4).Select(claim => claim.ToString()));
            string why = facts.Boundary.Received is null ? facts.Boundary.Reason : "They are not by a named host, or are below the line where it received the message.";
            sheet.Report(MessageChecks.ClaimUntrusted.With(list + (others.Length > 4 ? " and " + (others.Length - 4) + " more" : string.Empty), why));
        }

        AuthenticationClaim[] believed = facts.Claims.Where(claim => claim.IsBelieved).ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (AuthenticationClaim claim in believed)
        {
            if (!seen.Add(claim.Method == "dkim" ? "dkim " + claim.Properties : claim.Method)) continue;

            if (claim.Differs == true)
            {
                string recorded = claim.Method + "=" + claim.Result + (claim.Reason is null ? string.Empty : " (" + claim.Reason + ")");
                sheet.Report(MessageChecks.ClaimDiffers.With(Host(claim), recorded, claim.Computed), claim.Result, claim.Computed);
            }
        }

        if (facts.Claims.Length == 0)
            sheet.CompleteNotApplicable(new[] { MessageChecks.ClaimUntrusted, MessageChecks.ClaimDiffers }, "The message has no Authentication-Results.");
        else if (believed.Length == 0)
            sheet.CompleteNotApplicable(new[] { MessageChecks.ClaimDiffers }, "No Authentication-Results are believed.");

        sheet.CompletePass(new[] { MessageChecks.ClaimUntrusted, MessageChecks.ClaimDiffers });
    }

    private static string Recorded(AuthenticationClaim claim) =>
        Host(claim) + " recorded dkim=" + claim.Result + (claim.IsBelieved ? " when it received the message." : ", which is not believed: name the host with -TrustedHost if it is yours.");

    private static string Host(AuthenticationClaim claim) => claim.Host.Length == 0 ? "The receiver" : claim.Host;

    private static string Name(DkimSignatureResult signature) =>
        (signature.Domain.Length == 0 ? "an unknown domain" : signature.Domain) + (signature.Selector.Length == 0 ? string.Empty : " (selector " + signature.Selector + ")");

    private static string LowerFirst(string text) =>
        text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) && !text.StartsWith("From ", StringComparison.Ordinal) ? char.ToLowerInvariant(text[0]) + text.Substring(1) : text;

    // content-type as Content-Type, message-id as Message-ID.
    private static string Cased(string name) => name switch
    {
        "message-id" => "Message-ID",
        "mime-version" => "MIME-Version",
        _ => string.Join("-", name.Split('-').Select(part => char.ToUpper(part[0], CultureInfo.InvariantCulture) + part.Substring(1))),
    };
}
