using System;

namespace MailDns.Resolver.Tests.Support;

/// <summary>Base of tests that run once over each exchange.</summary>
public abstract class AskingTests : IDisposable
{
    private protected AskingTests(ExchangeKind kind) => Ask = new Ask(kind);

    private protected Ask Ask { get; }

    public void Dispose()
    {
        Ask.Dispose();
        GC.SuppressFinalize(this);
    }
}
