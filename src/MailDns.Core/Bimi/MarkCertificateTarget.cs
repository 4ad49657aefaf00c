namespace MailDns.Bimi;

/// <summary>For what a mark certificate has to hold.</summary>
internal sealed class MarkCertificateTarget(DomainName domain, string selector, DomainName? organization, bool isOrganizationKnown)
{
    /// <summary>The Author Domain.</summary>
    public DomainName Domain { get; } = domain;

    public string Selector { get; } = selector;

    /// <summary>The Organizational Domain; null where it is the domain itself or not known.</summary>
    public DomainName? Organization { get; } = organization;

    public bool IsOrganizationKnown { get; } = isOrganizationKnown;

    /// <summary>The names of which the certificate has to have one (draft-fetch-validation-vmc-wchuang section 5.2).</summary>
    public IEnumerable<DomainName> Names
    {
        get
        {
            foreach (DomainName? domain in new[] { Domain, Organization })
            {
                if (domain is not null) yield return domain;

                if (domain is not null && BimiSelector.TryGetName(Selector, domain, out DomainName? name))
                    yield return name!;
            }
        }
    }
}
