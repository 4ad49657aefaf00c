namespace MailDns.Messages;

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
            string why = facts.Boundary.Received is null ? facts.Boundary.Reason : "They are not by a named host, or stand below the line where it received the message.";
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
