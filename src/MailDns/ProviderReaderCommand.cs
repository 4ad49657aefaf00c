using System.Collections;

namespace MailDns;

/// <summary>Base of the readers that compare a domain with what platforms ask for.</summary>
public abstract class ProviderReaderCommand : DomainReaderCommand
{
    private readonly ProviderCache _providers = new();

    /// <summary>
    /// Platforms that send for the domain: names of profiles, or paths of profiles or Domain Connect templates (JSON). Also from an
    /// object's Provider (a CSV with Domain and Provider, Find-SendingProvider).
    /// </summary>
    [Parameter(Position = 5, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Provider { get; set; } = Array.Empty<string>();

    /// <summary>Values for the profiles' placeholders, e.g. <c>@{ region = 'eu-west-1' }</c>; those of a template's variables by their exact names.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public IDictionary? ProviderValue { get; set; }

    /// <summary>Groups of records of the profile or template that are in use, where it has groups; default: those that DNS shows, else those made by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ProviderGroup { get; set; } = Array.Empty<string>();

    /// <summary>For Microsoft 365: the target of the first DKIM alias. From the Selector1CNAME of Get-DkimSigningConfig (Exchange Online).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Selector1Cname { get; set; }

    /// <summary>For Microsoft 365: the target of the second DKIM alias. From the Selector2CNAME of Get-DkimSigningConfig (Exchange Online).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Selector2Cname { get; set; }

    protected override void BeginProcessing()
    {
        _providers.LoadOrStop(this, Provider);
        base.BeginProcessing();
    }

    /// <summary>What the current object says of platforms.</summary>
    private protected NamedProviders Named()
    {
        SendingProvider[] providers = _providers.LoadAll(this, Provider);
        return new NamedProviders(providers, ProviderValues.Read(ProviderValue, providers, (nameof(Selector1Cname), Selector1Cname), (nameof(Selector2Cname), Selector2Cname)), ProviderGroup);
    }

    private protected abstract override Func<DomainName, IDnsResolver, CancellationToken, Task<IReadOnlyList<object>>> Prepare();

    private protected override Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        Prepare()(domain, resolver, cancellationToken);
}

/// <summary>Platforms as they were named, with the values that were given for them.</summary>
internal sealed record NamedProviders(IReadOnlyList<SendingProvider> Providers, IReadOnlyList<KeyValuePair<string, string>> Values, IReadOnlyList<string> Groups)
{
    /// <summary>The profiles for one domain.</summary>
    public IReadOnlyList<BoundProvider> Bind(DomainName domain, params string[] selectors) => BoundProvider.OfAll(Providers, domain, Values, selectors, Groups);
}

/// <summary>Values that come from the cells of a table.</summary>
internal static class TableCells
{
    /// <summary>Those that say something: an empty cell is as if it were not there.</summary>
    public static string[] Given(this string[]? values) => values?.Where(static value => !string.IsNullOrWhiteSpace(value)).ToArray() ?? Array.Empty<string>();
}
