namespace MailDns.Sending;

/// <summary>What a bounce host should hold: an alias, or MX and SPF of its own. Empty where that is not known.</summary>
internal sealed class BounceExpectation(ExpectedName? alias = null, IReadOnlyList<ExpectedName>? exchanges = null, bool exclusive = false, IReadOnlyList<ExpectedName>? includes = null)
{
    /// <summary>Nothing is known of what should stand there.</summary>
    public static BounceExpectation None { get; } = new();

    /// <summary>Where the alias should lead.</summary>
    public ExpectedName? Alias { get; } = alias;

    /// <summary>The exchanges that should be there, where the host is no alias.</summary>
    public IReadOnlyList<ExpectedName> Exchanges { get; } = exchanges ?? Array.Empty<ExpectedName>();

    /// <summary>True where no other exchange may stand beside them.</summary>
    public bool Exclusive { get; } = exclusive;

    /// <summary>The names that the host's SPF record should include.</summary>
    public IReadOnlyList<ExpectedName> Includes { get; } = includes ?? Array.Empty<ExpectedName>();

    public bool IsKnown => Alias is not null || Exchanges.Count > 0;

    /// <summary>What is expected, in words; null where nothing is.</summary>
    public string? Text => Alias?.Text ?? (Exchanges.Count > 0 ? "MX " + string.Join(", ", Exchanges.Select(exchange => exchange.Text)) : null);

    /// <summary>An alias to that name.</summary>
    public static BounceExpectation AliasOf(DomainName target) => new(ExpectedName.Of(target));
}
