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
    // Domains and fields of platforms, with the ids of profiles where there are any.
    private static readonly (string Domain, string Name, string Id)[] s_domains =
    {
        ("onmicrosoft.com", "Microsoft 365", "microsoft365"),
        ("outlook.com", "Microsoft 365", "microsoft365"),
        ("gappssmtp.com", "Google Workspace", "google-workspace"),
        ("amazonses.com", "Amazon SES", "amazon-ses"),
        ("sendgrid.net", "Twilio SendGrid", "sendgrid"),
        ("mailgun.org", "Mailgun", "mailgun"),
        ("mandrillapp.com", "Mailchimp Transactional (Mandrill)", "mandrill"),
        ("mcsv.net", "Mailchimp", "mailchimp"),
        ("mtasv.net", "Postmark", "postmark"),
        ("sparkpostmail.com", "SparkPost", "sparkpost"),
        ("mailjet.com", "Mailjet", "mailjet"),
        ("sendinblue.com", "Brevo", "brevo"),
        ("brevo.com", "Brevo", "brevo"),
        ("hubspotemail.net", "HubSpot", "hubspot"),
        ("exacttarget.com", "Salesforce Marketing Cloud", "salesforce-marketing-cloud"),
        ("zohomail.com", "Zoho Mail", "zoho"),
    };

    // Second labels below which registries of countries register.
    private static readonly string[] s_registries = { "co", "com", "net", "org", "gov", "edu", "ac", "or", "ne" };

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

    public static async Task<PlatformFound?> FindAsync(MessageFacts facts, IReadOnlyList<SendingProvider> known, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        foreach (DkimSignatureResult signature in facts.Dkim.Where(signature => signature.IsGenuine))
        {
            if (signature.KeyTarget is { } target && Match(target, known, "the key of " + signature.Domain + " is at " + target) is { } byKey)
            {
                return byKey;
            }

            if (signature.Aligned != true && Match(signature.Domain, known, "signed by " + signature.Domain) is { } bySignature)
            {
                return bySignature;
            }
        }

        if (await ReturnPathAsync(facts, known, resolver, cancellationToken).ConfigureAwait(false) is { } byPath)
        {
            return byPath;
        }

        foreach ((string field, string name, string id) in s_fields)
        {
            if (facts.Header.First(field) >= 0)
            {
                return new PlatformFound(name, "the message has the field " + field + " (anybody could write it)", Profile(id, known));
            }
        }

        return null;
    }

    /// <summary>True where the domain is one of the profile's own.</summary>
    public static bool IsOwn(SendingProvider provider, string domain) => DomainsOf(provider).Any(own => IsSameOrBelow(domain, own));

    // The last labels of its targets and includes that hold no placeholder: what lies below is the platform's.
    private static IEnumerable<string> DomainsOf(SendingProvider provider)
    {
        IEnumerable<string> texts = provider.Records.Where(record => record.Role is RecordPurpose.Dkim or RecordPurpose.Bounce or RecordPurpose.Tracking)
            .Select(record => record.TargetTemplate?.Text).OfType<string>()
            .Concat(provider.RecordsOf(RecordPurpose.Spf).SelectMany(record => record.IncludeTemplates.Select(include => include.Text)))
            .Concat(provider.Obsolete.Where(old => old.Role != RecordPurpose.Dmarc).Select(old => old.Value));
        foreach (string text in texts)
        {
            string[] labels = text.Substring(text.LastIndexOf('}') + 1).TrimEnd('.').Split('.');
            string[] whole = text.IndexOf('}') >= 0 ? labels.Skip(1).ToArray() : labels;
            // Names such as co.uk belong to no platform.
            int taken = whole.Length > 2 && whole[whole.Length - 1].Length == 2 && s_registries.Contains(whole[whole.Length - 2], StringComparer.OrdinalIgnoreCase) ? 3 : 2;
            if (whole.Length >= taken)
            {
                yield return string.Join(".", whole.Skip(whole.Length - taken));
            }
        }
    }

    private static async Task<PlatformFound?> ReturnPathAsync(MessageFacts facts, IReadOnlyList<SendingProvider> known, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        if (facts.ReturnPath is not { } domain)
        {
            return null;
        }

        if (Match(domain.Text, known, "the Return-Path is in " + domain) is { } direct)
        {
            return direct;
        }

        AliasChain chain = await AliasChain.ReadAsync(domain, resolver, cancellationToken).ConfigureAwait(false);
        return chain.Targets.Select(target => Match(target.Text, known, "the Return-Path " + domain + " leads to " + target)).OfType<PlatformFound>().FirstOrDefault();
    }

    private static PlatformFound? Match(string domain, IReadOnlyList<SendingProvider> known, string evidence)
    {
        SendingProvider? provider = known.FirstOrDefault(candidate => IsOwn(candidate, domain));
        if (provider is not null)
        {
            return new PlatformFound(provider.Name, evidence, provider);
        }

        foreach ((string own, string name, string id) in s_domains)
        {
            if (IsSameOrBelow(domain, own))
            {
                return new PlatformFound(name, evidence, Profile(id, known));
            }
        }

        return null;
    }

    private static SendingProvider? Profile(string id, IReadOnlyList<SendingProvider> known) => known.FirstOrDefault(provider => provider.IsNamed(id));

    private static bool IsSameOrBelow(string domain, string own) =>
        DomainName.TryParseDns(domain, out DomainName? name) && DomainName.TryParseDns(own, out DomainName? above) && name!.IsSameOrBelow(above!);
}
