namespace MailDns.Publishing;

/// <summary>Where records are published. All members are called on the pipeline's thread.</summary>
internal interface IRecordTarget : IDisposable
{
    /// <summary>What a person calls it, for -WhatIf and -Confirm.</summary>
    string Description { get; }

    /// <summary>The changes of one zone in the parts that are each written together or not at all, in the order to write them.</summary>
    IReadOnlyList<IReadOnlyList<RecordSetChange>> Divide(IReadOnlyList<RecordSetChange> sets);

    /// <summary>True where the texts that are read are first strings only.</summary>
    bool HasFirstStringOnly { get; }

    /// <summary>What a comparison asks, for records that come without a plan.</summary>
    /// <exception cref="TargetException">The zone cannot be read.</exception>
    IDnsResolver CreateResolver(IReadOnlyCollection<DomainName> zones);

    /// <summary>Why a change cannot be written here; null where it can. Writes nothing and asks nobody.</summary>
    string? FindObstacle(RecordSetChange set);

    /// <summary>The records of one name and type now.</summary>
    /// <exception cref="TargetException">They cannot be read.</exception>
    IReadOnlyList<ResourceRecord> Read(RecordSetState key);

    /// <summary>True where a record of a plan is this one of the target, as far as the target shows it.</summary>
    bool IsSame(ResourceRecord planned, ResourceRecord actual);

    /// <summary>Writes the changes of sets that <see cref="RecordSetChange.Meet"/> found to fit: one part.</summary>
    /// <exception cref="TargetException">It failed; some of it may be written.</exception>
    void Write(DomainName zone, IReadOnlyList<RecordSetChange> sets);
}

/// <summary>A target could not be read or written.</summary>
internal sealed class TargetException(string message, bool isChanged = false, Exception? inner = null) : InvalidOperationException(message, inner)
{
    /// <summary>True where the target refused because the zone is not any more what the plan was made from; nothing was written.</summary>
    public bool IsChanged { get; } = isChanged;
}
