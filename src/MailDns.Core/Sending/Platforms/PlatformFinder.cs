using System.IO;
using MailDns.Messages;

namespace MailDns.Sending;

/// <summary>The platform that sent a message, and what shows it.</summary>
internal sealed record PlatformFound(string Name, string Evidence, SendingProvider? Provider);

/// <summary>
/// Recognises the platform by domains that are its own: that of a signature, that where a key or the Return-Path leads by
/// CNAME; else by a field that it alone writes. A sender could forge the last: it names, and proves nothing.
/// </summary>
internal static class PlatformFinder
{
    private static readonly (string Field, string Name, string Id)[] s_fields =
    {
        ("x-sg-eid", "Twilio SendGrid", "sendgrid"),
        ("x-ses-outgoing", "Amazon SES", "amazon-ses"),
        ("x-mailgun-sid", "Mailgun", "mailgun"),
        ("x-mandrill-user", "Mailchimp Transactional (Mandrill)", "mandrill"),
        ("x-mc-user", "Mailchimp", "mailchimp"),
        ("x-pm-message-id", "Postmark", "postmark"),
        ("x-mj-mid", "Mailjet", "mailjet"),
        ("x-sib-id", "Brevo", "brevo"),
        ("x-hs-cid", "HubSpot", "hubspot"),
        ("x-sfmc-stack", "Salesforce Marketing Cloud", "salesforce-marketing-cloud"),
    };

    public static async Task<PlatformFound?> FindAsync(MessageFacts facts, ProviderIndex known, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        foreach (DkimSignatureResult signature in facts.Dkim.Where(signature => signature.IsGenuine))
        {
            if (signature.KeyTarget is { } target && Match(target, known, "the key of " + signature.Domain + " is at " + target) is { } byKey)
                return byKey;

            if (signature.Aligned != true && Match(signature.Domain, known, "signed by " + signature.Domain) is { } bySignature)
                return bySignature;
        }

        if (await ReturnPathAsync(facts, known, resolver, cancellationToken).ConfigureAwait(false) is { } byPath)
            return byPath;

        foreach ((string field, string name, string id) in s_fields)
        {
            if (facts.Header.First(field) >= 0)
            {
                return new PlatformFound(name, "the message has the field " + field + " (anybody could write it)", known.All.FirstOrDefault(provider => provider.IsNamed(id)));
            }
        }

        return null;
    }

    private static async Task<PlatformFound?> ReturnPathAsync(MessageFacts facts, ProviderIndex known, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        if (facts.ReturnPath is not { } domain) return null;
        if (Match(domain.Text, known, "the Return-Path is in " + domain) is { } direct) return direct;

        AliasChain chain = await AliasChain.ReadAsync(domain, resolver, cancellationToken).ConfigureAwait(false);
        return chain.Targets.Select(target => Match(target.Text, known, "the Return-Path " + domain + " points to " + target)).OfType<PlatformFound>().FirstOrDefault();
    }

    private static PlatformFound? Match(string domain, ProviderIndex known, string evidence) =>
        known.OwnerOf(domain) is { } provider ? new PlatformFound(provider.Name, evidence, provider) : null;
}

/// <summary>The message against what the platform's profile says: which record is missing, or which step at the platform.</summary>
internal static class PlatformRules
{
    private static readonly CheckDefinition[] s_checks = { MessageChecks.PlatformDkim, MessageChecks.PlatformBounce };

    /// <summary>Compares. Without a named profile that of the recognised platform is taken.</summary>
    public static async Task ApplyAsync(MessageFacts facts, PlatformFound? found, PlatformRequest request, IDnsResolver resolver, CheckSheet sheet, CancellationToken cancellationToken)
    {
        SendingProvider? named = request.Provider;
        if (found is not null)
            sheet.Report(MessageChecks.Platform.With(PrintableText.Escape(found.Name), found.Evidence));

        if (named is null)
            sheet.NotApplicable(MessageChecks.PlatformOther, "No platform is named (-Provider).");
        else if (found is { Provider: { } other } && !ReferenceEquals(other, named) && !other.IsNamed(named.Id) && !named.Underlying.Contains(other.Id, StringComparer.Ordinal))
            sheet.Report(MessageChecks.PlatformOther.With(PrintableText.Escape(found.Name), found.Evidence, PrintableText.Escape(named.Name)), named.Name, found.Name);

        SendingProvider? provider = named ?? (found?.Provider is { Records.Length: > 0 } profile ? profile : null);
        if (provider is null || facts.Author is not { } author)
        {
            sheet.CompleteNotApplicable(s_checks, provider is null ? "No platform is named (-Provider), and none with a profile is recognised." : "The message has no author's domain.");
        }
        else
        {
            var values = new SendingProviderValues(author, named is null ? null : request.Values);
            var comparer = new ProviderRecordComparer(provider, values, resolver);
            await DkimAsync(facts, provider, request.Known, comparer, sheet, cancellationToken).ConfigureAwait(false);
            await BounceAsync(facts, provider, comparer, sheet, cancellationToken).ConfigureAwait(false);
        }

        sheet.CompletePass(new[] { MessageChecks.Platform, MessageChecks.PlatformOther });
    }

    private static async Task DkimAsync(MessageFacts facts, SendingProvider provider, ProviderIndex known, ProviderRecordComparer comparer, CheckSheet sheet, CancellationToken cancellationToken)
    {
        SendingProviderRecord[] promised = provider.RecordsOf(RecordPurpose.Dkim).Where(record => !record.Legacy).ToArray();
        if (promised.Length == 0)
        {
            sheet.NotApplicable(MessageChecks.PlatformDkim, "The profile of " + PrintableText.Escape(provider.Name) + " has no DKIM record.");
            return;
        }

        DkimSignatureResult? aligned = facts.Dkim.FirstOrDefault(signature => signature.Aligned == true && (signature.IsGenuine || signature.BodyMatches is null));
        if (aligned is not null)
        {
            sheet.Pass(MessageChecks.PlatformDkim, "Signed for the From domain: " + aligned.KeyName + ".");
            return;
        }

        // One that is there and fails has a finding of its own.
        if (facts.Dkim.FirstOrDefault(signature => signature.Aligned == true) is { } failed)
        {
            sheet.NotApplicable(MessageChecks.PlatformDkim, "The signature of " + failed.Domain + " is the one that the profile requires, but it does not pass.");
            return;
        }

        ProviderRecordComparison[] records = await CompareAsync(promised, comparer, cancellationToken).ConfigureAwait(false);
        string keys = Names(records);
        string signers = facts.Dkim.Count == 0
            ? "is not signed"
            : "is signed by " + string.Join(", ", facts.Dkim.Select(signature => signature.Domain).Distinct(StringComparer.Ordinal).Take(3))
                + (facts.Dkim.Any(signature => known.OwnerOf(signature.Domain)?.Id == provider.Id) ? ", the platform's own domain" : string.Empty);
        Report(state => MessageChecks.PlatformDkim.With(signers, PrintableText.Escape(provider.Name), keys, state), records, "the custom domain is not turned on", keys, sheet);
    }

    private static async Task BounceAsync(MessageFacts facts, SendingProvider provider, ProviderRecordComparer comparer, CheckSheet sheet, CancellationToken cancellationToken)
    {
        SendingProviderRecord[] promised = provider.RecordsOf(RecordPurpose.Bounce).Where(record => !record.Legacy).ToArray();
        if (provider.ReturnPath != SendingProviderReturnPath.Bounce || promised.Length == 0)
        {
            sheet.NotApplicable(MessageChecks.PlatformBounce, "The profile of " + PrintableText.Escape(provider.Name) + " has no Return-Path in the domain.");
            return;
        }

        DomainName? path = facts.ReturnPath;
        if (path is null)
        {
            sheet.NotApplicable(MessageChecks.PlatformBounce, "The message does not show its Return-Path.");
            return;
        }

        ProviderRecordComparison[] records = await CompareAsync(promised, comparer, cancellationToken).ConfigureAwait(false);
        bool isPromised = path.IsSameOrBelow(facts.Author!) && (records.Any(record => record.Host?.Equals(path) == true) || records.All(record => record.Host is null));
        if (isPromised || (facts.SpfInput is { CountsForDmarc: true } && facts.SpfAligned == true))
        {
            sheet.Pass(MessageChecks.PlatformBounce, "The Return-Path is in " + path + ".");
            return;
        }

        string hosts = Names(records);
        Report(state => MessageChecks.PlatformBounce.With(path, PrintableText.Escape(provider.Name), hosts, state), records, "the custom bounce domain is not turned on", hosts, sheet);
    }

    private static void Report(Func<string, CheckFinding> finding, ProviderRecordComparison[] records, string notSwitchedOn, string expected, CheckSheet sheet)
    {
        ProviderRecordComparison[] missing = records.Where(record => record.State is ProviderRecordState.Missing or ProviderRecordState.Wrong or ProviderRecordState.Obsolete or ProviderRecordState.NotNeeded).ToArray();
        ProviderRecordComparison? unknown = Array.Find(records, record => record.State == ProviderRecordState.Unknown);
        if (missing.Length > 0)
        {
            string detail = string.Join(" ", missing.Select(record => record.Detail));
            sheet.Report(finding(detail), expected, actual: null, "Publish the record, then switch the domain on at the platform, and send another message.", missing.Select(record => record.Fix).OfType<ResourceRecord>().ToArray());
        }
        else if (unknown is not null)
        {
            sheet.Report(finding("Whether it is published is not known: " + unknown.Detail), expected);
        }
        else
        {
            string published = records.All(record => record.State == ProviderRecordState.Present) ? "It is published, so " + notSwitchedOn + " at the platform." : char.ToUpperInvariant(notSwitchedOn[0]) + notSwitchedOn.Substring(1) + " at the platform, as far as the message shows.";
            sheet.Report(finding(published), expected);
        }
    }

    private static async Task<ProviderRecordComparison[]> CompareAsync(SendingProviderRecord[] records, ProviderRecordComparer comparer, CancellationToken cancellationToken) =>
        await Task.WhenAll(records.Select(record => comparer.CompareAsync(record, cancellationToken))).ConfigureAwait(false);

    private static string Names(IReadOnlyList<ProviderRecordComparison> records) =>
        string.Join(" and ", records.Select(record => record.Host?.ToString() ?? record.Template.Host).Distinct(StringComparer.Ordinal));
}

/// <summary>The platform that a message is compared with.</summary>
internal sealed record PlatformRequest
{
    /// <summary>The profile of the platform that should have sent it; null where none was named.</summary>
    public SendingProvider? Provider { get; init; }

    /// <summary>Values for that profile's placeholders.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Values { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>The platforms among which it is looked for.</summary>
    public ProviderIndex Known { get; init; } = ProviderIndex.None;
}

/// <summary>Proves one received message, and compares it with what a platform promises.</summary>
internal static class MessageProof
{
    /// <summary>Reads the message from the stream, which stays open.</summary>
    /// <param name="stream">The copy.</param>
    /// <param name="request">What is known of the message.</param>
    /// <param name="platform">What is known of its platform.</param>
    /// <param name="resolver">Answers for keys, policies and the profile's records.</param>
    /// <param name="deadline">Bounds the evaluation of SPF (RFC 7208 section 4.6.4).</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MessageException">It is not a message, or too large.</exception>
    public static Task<MailMessageResult> ProveAsync(
        Stream stream,
        MessageRequest request,
        PlatformRequest platform,
        IDnsResolver resolver,
        CancellationToken deadline,
        CancellationToken cancellationToken)
    {
        return MessageProver.ProveAsync(stream, request, resolver, JudgeAsync, deadline, cancellationToken);

        async Task JudgeAsync(MessageFacts facts, CheckSheet sheet)
        {
            PlatformFound? found = await PlatformFinder.FindAsync(facts, platform.Known, resolver, cancellationToken).ConfigureAwait(false);
            facts.Platform = found?.Name;
            await PlatformRules.ApplyAsync(facts, found, platform, resolver, sheet, cancellationToken).ConfigureAwait(false);
        }
    }
}
