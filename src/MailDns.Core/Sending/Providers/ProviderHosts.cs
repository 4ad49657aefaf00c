using System.Text.RegularExpressions;
using MailDns.Dkim;

namespace MailDns.Sending;

/// <summary>The tracking and bounce hosts that a profile names, with what should stand there.</summary>
internal static class ProviderHosts
{
    /// <summary>The tracking hosts and their targets.</summary>
    /// <param name="provider">The profile.</param>
    /// <param name="values">The domain and what was given for the placeholders.</param>
    /// <param name="host">The host to take instead of the profile's; null for the profile's.</param>
    /// <exception cref="SendingProviderValueException">The profile's host needs a value, and no host was given.</exception>
    /// <exception cref="InvalidOperationException">The profile has no tracking record.</exception>
    public static IReadOnlyList<KeyValuePair<DomainName, ExpectedName>> Tracking(SendingProvider provider, SendingProviderValues values, DomainName? host) =>
        RecordsOf(provider, RecordPurpose.Tracking, values)
            .Select(record => new KeyValuePair<DomainName, ExpectedName>(
                host ?? Host(provider, record, values),
                ExpectedName.Of(record.TargetTemplate!, provider, record, values)))
            .ToArray();

    /// <summary>The bounce hosts and what should stand there: an alias, or MX and SPF.</summary>
    /// <param name="provider">The profile.</param>
    /// <param name="values">The domain and what was given for the placeholders.</param>
    /// <param name="host">The host to take instead of the profile's; null for the profile's.</param>
    /// <exception cref="SendingProviderValueException">The profile's host needs a value, and no host was given.</exception>
    /// <exception cref="InvalidOperationException">The profile has no bounce record.</exception>
    public static IReadOnlyList<KeyValuePair<DomainName, BounceExpectation>> Bounce(SendingProvider provider, SendingProviderValues values, DomainName? host) =>
        RecordsOf(provider, RecordPurpose.Bounce, values)
            .GroupBy(record => record.Host, StringComparer.Ordinal)
            .Select(group => new KeyValuePair<DomainName, BounceExpectation>(
                host ?? Host(provider, group.First(), values),
                Expect(provider, values, group.ToArray())))
            .ToArray();

    private static BounceExpectation Expect(SendingProvider provider, SendingProviderValues values, SendingProviderRecord[] records)
    {
        ExpectedName Name(SendingProviderRecord record, SendingProviderTemplate template) => ExpectedName.Of(template, provider, record, values);
        SendingProviderRecord? alias = Array.Find(records, record => record.DnsType == DnsRecordType.Cname);
        if (alias is not null) return new BounceExpectation(Name(alias, alias.TargetTemplate!));

        ExpectedName[] includes = provider.RecordsOf(RecordPurpose.Spf)
            .Where(record => string.Equals(record.Host, records[0].Host, StringComparison.Ordinal))
            .SelectMany(record => record.IncludeTemplates.Select(include => Name(record, include)))
            .ToArray();
        return new BounceExpectation(
            alias: null,
            records.Select(record => Name(record, record.TargetTemplate!)).ToArray(),
            records.Any(record => record.Exclusive),
            includes);
    }

    private static DomainName Host(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values) =>
        SendingProviderExpansion.RequireOwner(provider, record, values);

    private static SendingProviderRecord[] RecordsOf(SendingProvider provider, RecordPurpose role, SendingProviderValues values)
    {
        SendingProviderExpansion.CheckValues(provider, values);
        SendingProviderRecord[] records = provider.RecordsOf(role);
        return records.Length > 0
            ? records
            : throw new InvalidOperationException("Profile " + provider.Id + " names no " + (role == RecordPurpose.Bounce ? "bounce" : "tracking") + " host; specify -HostName and -Target instead of -Provider.");
    }
}

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

/// <summary>The little of a DKIM key record that a provider's records are compared by: the key itself (RFC 6376 section 3.6.1).</summary>
internal static class PublishedKey
{
    /// <summary>True for a text with a p= tag.</summary>
    public static bool IsKey(string text) => TagList.Split(text).Any(IsKeyTag);

    /// <summary>The key without white space; empty for a revoked one.</summary>
    public static string Key(string text)
    {
        TagSpec? tag = TagList.Split(text).FirstOrDefault(IsKeyTag);
        return tag is null ? string.Empty : new string(tag.Value.Where(c => !TagList.IsWhiteSpace(c)).ToArray());
    }

    private static bool IsKeyTag(TagSpec tag) => tag.HasEquals && string.Equals(tag.Name, "p", StringComparison.Ordinal);
}

/// <summary>A name that a record should lead to: one name, or a profile's pattern where a value of it is not known.</summary>
internal sealed class ExpectedName
{
    private readonly Func<DomainName, bool> _matches;

    private ExpectedName(string text, DomainName? name, Func<DomainName, bool> matches)
    {
        Text = text;
        Name = name;
        _matches = matches;
    }

    /// <summary>The name, or the pattern with its placeholders, for a message.</summary>
    public string Text { get; }

    /// <summary>The name; null where a value of it is not known.</summary>
    public DomainName? Name { get; }

    public static ExpectedName Of(DomainName name) => new(name.Text, name, name.Equals);

    /// <summary>The name that a profile's template gives with the values at hand.</summary>
    /// <exception cref="DomainNameException">What comes out is no domain name.</exception>
    public static ExpectedName Of(SendingProviderTemplate template, SendingProvider provider, SendingProviderRecord record, SendingProviderValues values)
    {
        string? Value(string name) => SendingProviderExpansion.FindKnown(provider, record, values, name);
        if (template.Placeholders.All(name => Value(name) is not null))
            return Of(DomainName.Parse(template.Expand(name => Value(name)!)));

        string Pattern(string name) => Value(name) is { } value
            ? Regex.Escape(value)
            : provider.FindParameter(name)?.MatchPattern ?? SendingProviderPattern.AnyLabels;
        string shown = template.Expand(name => Value(name) ?? SendingProviderTemplate.Shown(name));
        return new ExpectedName(shown, name: null, found => template.Matches(found.Text, Pattern, ignoreCase: true));
    }

    public bool Matches(DomainName found) => _matches(found);

    public override string ToString() => Text;
}
