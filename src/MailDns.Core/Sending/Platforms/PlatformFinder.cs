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
        return chain.Targets.Select(target => Match(target.Text, known, "the Return-Path " + domain + " leads to " + target)).OfType<PlatformFound>().FirstOrDefault();
    }

    private static PlatformFound? Match(string domain, ProviderIndex known, string evidence) =>
        known.OwnerOf(domain) is { } provider ? new PlatformFound(provider.Name, evidence, provider) : null;
}
