using MailDns.Dkim;

namespace MailDns.Sending;

/// <summary>The DKIM selectors of a profile, as far as the values tell them, and where their aliases have to lead.</summary>
internal static class ProviderKeys
{
    public static IReadOnlyList<DkimExpectation> Expectations(SendingProvider provider, SendingProviderValues values)
    {
        var expectations = new List<DkimExpectation>();
        foreach (SendingProviderRecord record in provider.RecordsOf(RecordPurpose.Dkim).Where(record => !record.Legacy))
        {
            string? selector = SendingProviderExpansion.FindValue(provider, record, values, SendingProviderValues.SelectorName);
            DomainName? owner = SendingProviderExpansion.FindOwner(provider, record, values);

            // A key below a subdomain of the platform's is compared with its record, not read as one of the domain's own.
            if (selector is not null && owner is not null && owner.Text.EndsWith("._domainkey." + values.Domain.Text, StringComparison.Ordinal))
                expectations.Add(new DkimExpectation(selector, Target(provider, record, values)));
        }

        return expectations;
    }

    // A target that is made of an account's value nobody gave is not compared.
    private static DomainName? Target(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values)
    {
        if (record.TargetTemplate is not { } template || template.Placeholders.Any(name => SendingProviderExpansion.FindKnown(provider, record, values, name) is null))
            return null;

        string text = template.Expand(name => SendingProviderExpansion.FindValue(provider, record, values, name)!);
        return DomainName.TryParse(text, out DomainName? target, out _) ? target : null;
    }
}
