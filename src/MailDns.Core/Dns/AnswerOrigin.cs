namespace MailDns.Dns;

/// <summary>Who gave an answer, and what the message's header and its authority section say of it.</summary>
internal readonly struct AnswerOrigin
{
    /// <summary>As in <see cref="DnsResponse.Resolver"/>.</summary>
    public string? Resolver { get; init; }

    /// <summary>As in <see cref="DnsResponse.IsAuthenticated"/>; nothing for a failure.</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>As in <see cref="DnsResponse.IsAuthoritative"/>.</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>As in <see cref="DnsResponse.IsReferral"/>.</summary>
    public bool IsReferral { get; init; }

    /// <summary>As in <see cref="DnsResponse.Delegation"/>; nothing but for a referral.</summary>
    public IReadOnlyList<DomainName>? Delegation { get; init; }
}
