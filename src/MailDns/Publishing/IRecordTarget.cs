namespace MailDns.Publishing;

/// <summary>Where records are published. All members are called on the pipeline's thread.</summary>
internal interface IRecordTarget : IDisposable
{
    /// <summary>What a person calls it, for -WhatIf and -Confirm.</summary>
    string Description { get; }

    /// <summary>True where all changes of a zone are written together or not at all.</summary>
    bool IsAtomic { get; }

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

    /// <summary>Writes the changes of sets that <see cref="RecordSetChange.Meet"/> found to fit: of a whole zone where the target is atomic, else of one set.</summary>
    /// <exception cref="TargetException">It failed; some of it may be written.</exception>
    void Write(DomainName zone, IReadOnlyList<RecordSetChange> sets);
}
