namespace MailDns;

/// <summary>The profiles that MailDns ships, by name.</summary>
internal sealed class SendingProviderCatalog
{
    /// <exception cref="InvalidOperationException">Two profiles answer to one name.</exception>
    public SendingProviderCatalog(IEnumerable<SendingProvider> providers, IEnumerable<SendingProvider>? recognised = null)
    {
        Recognised = recognised?.ToArray() ?? Array.Empty<SendingProvider>();
        All = providers.OrderBy(provider => provider.Id, StringComparer.Ordinal).ToArray();
        var owners = new Dictionary<string, SendingProvider>(StringComparer.OrdinalIgnoreCase);
        foreach (SendingProvider provider in All)
        {
            foreach (string name in new[] { provider.Id, provider.Name }.Concat(provider.Aliases).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (owners.TryGetValue(name, out SendingProvider? owner))
                {
                    throw new InvalidOperationException("The profiles " + owner.FileName + " and " + provider.FileName + " both answer to " + PrintableText.Quote(name) + ".");
                }

                owners.Add(name, provider);
            }
        }
    }

    /// <summary>Platforms of which only what tells them is known.</summary>
    public IReadOnlyList<SendingProvider> Recognised { get; }

    /// <summary>All profiles by id.</summary>
    public IReadOnlyList<SendingProvider> All { get; }

    /// <summary>True for what names a file and no shipped profile: it has a path separator or ends in .json.</summary>
    public static bool IsPath(string nameOrPath) =>
        nameOrPath.IndexOfAny(new[] { '/', '\\' }) >= 0 || nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The profile of that id, name or alias, in any case.</summary>
    /// <exception cref="SendingProviderNotFoundException">There is none; the message names the nearest or all.</exception>
    public SendingProvider Get(string name)
    {
        SendingProvider? found = All.FirstOrDefault(provider => provider.IsNamed(name));
        return found ?? throw new SendingProviderNotFoundException(
            "The provider profile " + PrintableText.Quote(name) + " was not found." + Hint(name) + " A profile of your own is named by its path.");
    }

    /// <summary>The name of the platform whose SPF include, present or past, is that domain; null where there is none.</summary>
    public string? PlatformOf(DomainName domain) => All.FirstOrDefault(provider => Names(provider).Contains(domain.Text, StringComparer.OrdinalIgnoreCase))?.Name
        ?? Recognised.FirstOrDefault(provider => provider.Traits.Any(trait => trait.Kind == ProviderTraitKind.SpfInclude && trait.Fits(domain.Text)))?.Name;

    private static IEnumerable<string> Names(SendingProvider provider) =>
        provider.RecordsOf(RecordPurpose.Spf).SelectMany(record => record.Include)
            .Concat(provider.Obsolete.Where(value => value.Role == RecordPurpose.Spf).Select(value => value.Value));

    private string Hint(string name) =>
        NearestName.Find(name, All.SelectMany(provider => new[] { provider.Id }.Concat(provider.Aliases)).ToArray()) is { } nearest
            ? " Did you mean " + PrintableText.Quote(nearest) + "?"
            : " Known: " + string.Join(", ", All.Select(provider => provider.Id)) + ".";
}
