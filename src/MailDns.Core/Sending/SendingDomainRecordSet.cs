using System;
using System.Collections.Generic;

namespace MailDns.Sending;

/// <summary>The records of a whole sending domain, and what has to be said of them.</summary>
internal sealed class SendingDomainRecordSet
{
    private readonly List<ResourceRecord> _records = new();
    private readonly List<string> _warnings = new();
    private readonly List<string> _notes = new();
    private readonly List<Exception> _errors = new();

    public IReadOnlyList<ResourceRecord> Records => _records;

    /// <summary>What the administrator should act on.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What is worth knowing.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Records that could not be made, and why. The others stand.</summary>
    public IReadOnlyList<Exception> Errors => _errors;

    public void Add(ResourceRecord record) => _records.Add(record);

    public void Warn(string text) => _warnings.Add(text);

    public void Note(string text) => _notes.Add(text);

    public void Fail(Exception error) => _errors.Add(error);
}
